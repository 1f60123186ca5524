package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	argo "github.com/argoproj/argo-workflows/v4/pkg/client/clientset/versioned"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"sigs.k8s.io/yaml"
)

// request is a manifest and the values of its parameters.
type request struct {
	Manifest   string            `json:"manifest"`
	Parameters map[string]string `json:"parameters"`
}

// report is what became of a workflow.
type report struct {
	// Refused is what the API server said of the manifest.
	Refused string   `json:"refused,omitempty"`
	Phase   string   `json:"phase,omitempty"`
	Message string   `json:"message,omitempty"`
	Nodes   []node   `json:"nodes,omitempty"`
	Printed []string `json:"printed"`
}

type node struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Phase   string `json:"phase"`
	Message string `json:"message,omitempty"`
}

// cluster takes workflows.
type cluster struct {
	place    string
	argo     argo.Interface
	dynamic  dynamic.Interface
	numbered atomic.Int64
}

func serve(place, crds, programs string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	place, err := filepath.Abs(place)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(place, 0o700); err != nil {
		return err
	}
	servers := servers{place: place}
	defer servers.stop()
	if err := servers.api(ctx); err != nil {
		return err
	}
	if err := servers.install(ctx, crds); err != nil {
		return err
	}
	if err := servers.controller(); err != nil {
		return err
	}
	kube, err := kubernetes.NewForConfig(servers.config)
	if err != nil {
		return err
	}
	cluster := cluster{place: place}
	if cluster.argo, err = argo.NewForConfig(servers.config); err != nil {
		return err
	}
	if cluster.dynamic, err = dynamic.NewForConfig(servers.config); err != nil {
		return err
	}
	kubelet := kubelet{place: place, programs: programs, kube: kube, argo: cluster.argo, slots: make(chan struct{}, 8)}
	go kubelet.watch(ctx)

	socket := filepath.Join(place, "socket")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	server := http.Server{Handler: http.HandlerFunc(cluster.answer)}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	fmt.Println("ready")
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func (c *cluster) answer(response http.ResponseWriter, asked *http.Request) {
	var request request
	err := json.NewDecoder(asked.Body).Decode(&request)
	var report *report
	if err == nil {
		report, err = c.run(asked.Context(), request)
	}
	if err != nil {
		http.Error(response, err.Error(), http.StatusInternalServerError)
		return
	}
	_ = json.NewEncoder(response).Encode(report)
}

// run creates a workflow, strictly: an unknown field is an error. Then it waits for its end.
func (c *cluster) run(ctx context.Context, request request) (*report, error) {
	var object unstructured.Unstructured
	if err := yaml.Unmarshal([]byte(request.Manifest), &object.Object); err != nil {
		return nil, err
	}
	name := object.GetName()
	if name == "" {
		name = object.GetGenerateName()
	}
	name = fmt.Sprintf("%s-%d", strings.TrimRight(name, "-"), c.numbered.Add(1))
	object.SetName(name)
	object.SetGenerateName("")
	if err := give(&object, request.Parameters); err != nil {
		return nil, err
	}
	resource := schema.GroupVersionResource{Group: "argoproj.io", Version: "v1alpha1", Resource: "workflows"}
	options := metav1.CreateOptions{FieldValidation: metav1.FieldValidationStrict}
	if _, err := c.dynamic.Resource(resource).Namespace(namespace).Create(ctx, &object, options); err != nil {
		return &report{Refused: err.Error()}, nil
	}
	var workflow *wfv1.Workflow
	err := eventually(ctx, 5*time.Minute, name+" ends", func() (bool, error) {
		var err error
		workflow, err = c.argo.ArgoprojV1alpha1().Workflows(namespace).Get(ctx, name, metav1.GetOptions{})
		return err == nil && workflow.Status.Fulfilled(), err
	})
	if err != nil {
		return nil, err
	}
	return c.tell(workflow)
}

// give sets parameters of the workflow.
func give(object *unstructured.Unstructured, values map[string]string) error {
	fields := []string{"spec", "arguments", "parameters"}
	parameters, _, err := unstructured.NestedSlice(object.Object, fields...)
	if err != nil {
		return err
	}
	for name, value := range values {
		at := slices.IndexFunc(parameters, func(one any) bool { return one.(map[string]any)["name"] == name })
		if at < 0 {
			return fmt.Errorf("no parameter %s", name)
		}
		parameters[at] = map[string]any{"name": name, "value": value}
	}
	if len(values) == 0 {
		return nil
	}
	return unstructured.SetNestedSlice(object.Object, parameters, fields...)
}

func (c *cluster) tell(workflow *wfv1.Workflow) (*report, error) {
	told := report{Phase: string(workflow.Status.Phase), Message: workflow.Status.Message, Printed: []string{}}
	for _, status := range workflow.Status.Nodes {
		name := strings.TrimPrefix(status.Name, workflow.Name)
		told.Nodes = append(told.Nodes, node{name, string(status.Type), string(status.Phase), status.Message})
	}
	slices.SortFunc(told.Nodes, func(a, b node) int { return strings.Compare(a.Name, b.Name) })
	logs, err := filepath.Glob(filepath.Join(c.place, "pods", workflow.Name+"-*", "main.out"))
	if err != nil {
		return nil, err
	}
	for _, log := range logs {
		text, err := os.ReadFile(log)
		if err != nil {
			return nil, err
		}
		told.Printed = append(told.Printed, strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")...)
	}
	told.Printed = slices.DeleteFunc(told.Printed, func(line string) bool { return line == "" })
	slices.Sort(told.Printed)
	return &told, nil
}

// submit asks a running cluster.
func submit(place, file string, values []string) error {
	manifest, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	parameters := map[string]string{}
	for _, value := range values {
		name, value, _ := strings.Cut(value, "=")
		parameters[name] = value
	}
	body, err := json.Marshal(request{string(manifest), parameters})
	if err != nil {
		return err
	}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", filepath.Join(place, "socket"))
	}
	client := http.Client{Transport: &http.Transport{DialContext: dial}}
	response, err := client.Post("http://cluster/", "application/json", strings.NewReader(string(body)))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(response.Body)
		return fmt.Errorf("%s", text)
	}
	_, err = io.Copy(os.Stdout, response.Body)
	return err
}
