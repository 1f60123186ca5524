// Prints the documents of a YAML file as one JSON list, read by the parser that is named first: `sigs` (what Argo and
// kubectl read with), `v3` (what newer tools read with), or `json`.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"gopkg.in/yaml.v3"
	sigs "sigs.k8s.io/yaml"
)

func main() {
	if len(os.Args) != 3 {
		fail(errors.New("usage: yaml-to-json sigs|v3|json FILE"))
	}
	text, err := os.ReadFile(os.Args[2])
	if err != nil {
		fail(err)
	}
	var documents []any
	switch os.Args[1] {
	case "sigs":
		documents, err = readSigs(text)
	case "v3":
		documents, err = readV3(text)
	case "json":
		documents = make([]any, 1)
		err = json.Unmarshal(text, &documents[0])
	default:
		err = fmt.Errorf("no parser %q", os.Args[1])
	}
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(documents); err != nil {
		fail(err)
	}
}

// sigs.k8s.io/yaml reads one document; those that this repository writes have their markers at the start of a line.
func readSigs(text []byte) ([]any, error) {
	documents := []any{}
	for _, part := range bytes.Split(text, []byte("\n---\n")) {
		var document any
		// The line end belongs to the document: it may be the last of a block.
		if err := sigs.UnmarshalStrict(append(part[:len(part):len(part)], '\n'), &document); err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
	return documents, nil
}

func readV3(text []byte) ([]any, error) {
	documents := []any{}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var document any
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
