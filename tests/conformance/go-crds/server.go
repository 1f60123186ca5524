package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset"
	"k8s.io/apiextensions-apiserver/test/integration/fixtures"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/dynamic"

	// Names the version of Argo whose definitions are taken.
	_ "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow"
)

// server is an API server, and how to ask it.
type server struct {
	stop        func()
	definitions clientset.Interface
	resources   dynamic.Interface
	known       map[schema.GroupVersionKind]resource
}

// resource is where the manifests of a kind go.
type resource struct {
	schema.GroupVersionResource
	isNamespaced bool
}

// logger is what the server wants of a test.
type logger struct{}

func (logger) Logf(string, ...any)                 {}
func (logger) Errorf(format string, values ...any) { fmt.Fprintf(os.Stderr, format+"\n", values...) }
func (logger) Fatalf(format string, values ...any) { panic(fmt.Sprintf(format, values...)) }

func startServer(store string) (*server, error) {
	if err := os.Setenv("KUBE_INTEGRATION_ETCD_URL", store); err != nil {
		return nil, err
	}
	stop, config, _, err := fixtures.StartDefaultServer(logger{})
	if err != nil {
		return nil, err
	}
	config.QPS, config.Burst = 1000, 1000
	definitions, err := clientset.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	resources, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	return &server{stop, definitions, resources, map[schema.GroupVersionKind]resource{}}, nil
}

// define installs the definitions of a folder, and waits until they are served.
func (server *server) define(ctx context.Context, folder string) error {
	files, err := filepath.Glob(filepath.Join(folder, "argoproj.io_*.yaml"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("no definitions in %s", folder)
	}
	for _, file := range files {
		documents, err := documents(file)
		if err != nil {
			return err
		}
		for _, document := range documents {
			if err := server.install(ctx, document); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
		}
	}
	return nil
}

func (server *server) install(ctx context.Context, document map[string]any) error {
	var definition apiextensions.CustomResourceDefinition
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(document, &definition); err != nil {
		return err
	}
	all := server.definitions.ApiextensionsV1().CustomResourceDefinitions()
	if _, err := all.Create(ctx, &definition, meta.CreateOptions{}); err != nil {
		return err
	}
	isServed := func(ctx context.Context) (bool, error) {
		now, err := all.Get(ctx, definition.Name, meta.GetOptions{})
		if err != nil {
			return false, err
		}
		for _, condition := range now.Status.Conditions {
			if condition.Type == apiextensions.Established && condition.Status == apiextensions.ConditionTrue {
				return true, nil
			}
		}
		return false, nil
	}
	if err := wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, time.Minute, true, isServed); err != nil {
		return err
	}
	spec := definition.Spec
	for _, version := range spec.Versions {
		group := schema.GroupVersion{Group: spec.Group, Version: version.Name}
		server.known[group.WithKind(spec.Names.Kind)] = resource{
			GroupVersionResource: group.WithResource(spec.Names.Plural),
			isNamespaced:         spec.Scope == apiextensions.NamespaceScoped,
		}
	}
	return nil
}

// create creates an object as `kubectl create` does: unknown fields and fields that are there twice are errors.
func (server *server) create(ctx context.Context, object *unstructured.Unstructured) error {
	where, isKnown := server.known[object.GroupVersionKind()]
	if !isKnown {
		return fmt.Errorf("nothing defines %s", object.GroupVersionKind())
	}
	var of dynamic.ResourceInterface = server.resources.Resource(where.GroupVersionResource)
	if where.isNamespaced {
		namespace := object.GetNamespace()
		if namespace == "" {
			namespace = "default"
		}
		of = server.resources.Resource(where.GroupVersionResource).Namespace(namespace)
	}
	_, err := of.Create(ctx, object, meta.CreateOptions{FieldValidation: meta.FieldValidationStrict})
	return err
}
