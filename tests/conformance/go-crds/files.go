package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"

	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// documents reads a file as kubectl does.
func documents(file string) ([]map[string]any, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	reader := kubeyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	var all []map[string]any
	for {
		text, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		var document map[string]any
		if err := yaml.UnmarshalStrict(text, &document); err != nil {
			return nil, err
		}
		if document != nil {
			all = append(all, document)
		}
	}
}
