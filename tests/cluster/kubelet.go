package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"github.com/argoproj/argo-workflows/v4/pkg/apis/workflow"
	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	argo "github.com/argoproj/argo-workflows/v4/pkg/client/clientset/versioned"
	"github.com/argoproj/argo-workflows/v4/workflow/common"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
)

// kubelet runs the main container of every pod, as a process with a `/tmp` of its own, and reports what the executor of
// Argo would report.
type kubelet struct {
	place    string
	programs string
	kube     kubernetes.Interface
	argo     argo.Interface
	slots    chan struct{}
	seen     sync.Map
}

func (k *kubelet) watch(ctx context.Context) {
	pods := cache.NewListWatchFromClient(k.kube.CoreV1().RESTClient(), "pods", namespace, fields.Everything())
	_, controller := cache.NewInformerWithOptions(cache.InformerOptions{
		ListerWatcher: pods,
		ObjectType:    &corev1.Pod{},
		Handler: cache.ResourceEventHandlerFuncs{AddFunc: func(object any) {
			pod := object.(*corev1.Pod)
			if _, known := k.seen.LoadOrStore(pod.UID, true); !known {
				go k.run(ctx, pod)
			}
		}},
	})
	controller.Run(ctx.Done())
}

// run takes a pod from pending to its end.
func (k *kubelet) run(ctx context.Context, pod *corev1.Pod) {
	k.slots <- struct{}{}
	defer func() { <-k.slots }()
	ended, result, err := k.execute(ctx, pod)
	if err != nil {
		ended = end{code: 64, message: err.Error(), ofWait: true}
	}
	if err := k.report(ctx, pod, result); err != nil {
		ended = end{code: 64, message: err.Error(), ofWait: true}
	}
	pod = pod.DeepCopy()
	pod.Status = ended.status(pod)
	if _, err := k.kube.CoreV1().Pods(namespace).UpdateStatus(ctx, pod, metav1.UpdateOptions{}); err != nil {
		fmt.Fprintf(os.Stderr, "pod %s: %v\n", pod.Name, err)
	}
}

// end is how a pod ended: the exit code of its main container, or of the one that waits for it.
type end struct {
	code    int32
	message string
	ofWait  bool
}

func (e end) status(pod *corev1.Pod) corev1.PodStatus {
	now := metav1.Now()
	status := corev1.PodStatus{Phase: corev1.PodSucceeded, StartTime: &now, PodIP: "127.0.0.1"}
	if e.code != 0 {
		status.Phase, status.Message = corev1.PodFailed, e.message
	}
	for _, container := range pod.Spec.Containers {
		ended := corev1.ContainerStateTerminated{StartedAt: now, FinishedAt: now, Reason: "Completed"}
		if (container.Name == common.WaitContainerName) == e.ofWait && e.code != 0 {
			ended.ExitCode, ended.Reason, ended.Message = e.code, "Error", e.message
		}
		state := corev1.ContainerState{Terminated: &ended}
		status.ContainerStatuses = append(status.ContainerStatuses, corev1.ContainerStatus{Name: container.Name, State: state})
	}
	return status
}

// execute runs the main container and collects its outputs.
func (k *kubelet) execute(ctx context.Context, pod *corev1.Pod) (end, *wfv1.NodeResult, error) {
	task, err := newTask(k, pod)
	if err != nil {
		return end{}, nil, err
	}
	if err := task.stage(); err != nil {
		return end{}, nil, err
	}
	limit := 10 * time.Minute
	if seconds := pod.Spec.ActiveDeadlineSeconds; seconds != nil {
		limit = time.Duration(*seconds) * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	err = task.command(ctx).Run()
	ended := end{}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		ended = end{code: 137, message: "Pod was active on the node longer than the specified deadline"}
	case errors.As(err, &exit):
		ended = end{code: int32(exit.ExitCode())}
	case err != nil:
		return end{}, nil, err
	}
	result, err := task.collect()
	if err != nil && ended.code == 0 {
		return end{}, result, err
	}
	return ended, result, nil
}

// report makes the object that the executor makes.
func (k *kubelet) report(ctx context.Context, pod *corev1.Pod, result *wfv1.NodeResult) error {
	if result == nil {
		result = &wfv1.NodeResult{}
	}
	object := wfv1.WorkflowTaskResult{
		TypeMeta: metav1.TypeMeta{APIVersion: workflow.APIVersion, Kind: workflow.WorkflowTaskResultKind},
		ObjectMeta: metav1.ObjectMeta{
			Name: pod.Annotations[common.AnnotationKeyNodeID],
			Labels: map[string]string{
				common.LabelKeyWorkflow:               pod.Labels[common.LabelKeyWorkflow],
				common.LabelKeyReportOutputsCompleted: "true",
			},
			OwnerReferences: pod.OwnerReferences,
		},
		NodeResult: *result,
	}
	_, err := k.argo.ArgoprojV1alpha1().WorkflowTaskResults(namespace).Create(ctx, &object, metav1.CreateOptions{})
	return err
}

func (k *kubelet) stored(key string) string {
	return filepath.Join(k.place, "artifacts", key)
}
