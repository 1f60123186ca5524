// Creates manifests in the API server of Kubernetes, as a cluster with Argo's own definitions does: the definitions are
// Argo's full ones, the server is the one that serves custom resources in every kube-apiserver (defaults, the schema, CEL
// rules, unknown fields), and what it accepts goes into an etcd with the limits that it has as it comes.
//
// There is no controller of Argo: whatever is accepted lies there and does not run.
//
// Arguments: the folder with the definitions, then the manifests. Prints a JSON list of {"file": .., "error": ..}; accepted
// is what has no error.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type answer struct {
	File  string `json:"file"`
	Error string `json:"error,omitempty"`
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: go-crds DEFINITIONS MANIFEST..")
		os.Exit(2)
	}
	answers, err := ask(os.Args[1], os.Args[2:])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(answers)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func ask(definitions string, files []string) ([]answer, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	folder, err := os.MkdirTemp("", "go-crds")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	stopStore, address, err := startStore(filepath.Join(folder, "etcd"))
	if err != nil {
		return nil, err
	}
	defer stopStore()
	server, err := startServer(address)
	if err != nil {
		return nil, err
	}
	defer server.stop()
	if err := server.define(ctx, definitions); err != nil {
		return nil, err
	}
	answers := []answer{}
	for _, file := range files {
		if err := server.createAll(ctx, file); err != nil {
			answers = append(answers, answer{file, err.Error()})
		} else {
			answers = append(answers, answer{File: file})
		}
	}
	return answers, nil
}

// createAll creates what a file holds.
func (server *server) createAll(ctx context.Context, file string) error {
	documents, err := documents(file)
	if err != nil {
		return err
	}
	if len(documents) == 0 {
		return errors.New("holds no manifest")
	}
	for _, document := range documents {
		if err := server.create(ctx, &unstructured.Unstructured{Object: document}); err != nil {
			return err
		}
	}
	return nil
}
