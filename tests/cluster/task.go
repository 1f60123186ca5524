package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	"github.com/argoproj/argo-workflows/v4/workflow/common"
	corev1 "k8s.io/api/core/v1"
)

// task is the main container of a pod with the template that Argo gave it.
type task struct {
	kubelet  *kubelet
	pod      *corev1.Pod
	main     corev1.Container
	template wfv1.Template
	folder   string
}

func newTask(k *kubelet, pod *corev1.Pod) (*task, error) {
	at := slices.IndexFunc(pod.Spec.Containers, func(c corev1.Container) bool { return c.Name == common.MainContainerName })
	if at < 0 {
		return nil, fmt.Errorf("no main container")
	}
	t := &task{kubelet: k, pod: pod, main: pod.Spec.Containers[at]}
	// The main container does not carry it.
	for _, container := range slices.Concat(pod.Spec.InitContainers, pod.Spec.Containers) {
		for _, variable := range container.Env {
			if variable.Name != common.EnvVarTemplate {
				continue
			}
			if err := json.Unmarshal([]byte(variable.Value), &t.template); err != nil {
				return nil, fmt.Errorf("the template in the pod: %w", err)
			}
		}
	}
	t.folder = filepath.Join(k.place, "pods", pod.Name)
	return t, os.MkdirAll(filepath.Join(t.folder, "tmp"), 0o700)
}

// inside is where a path of the container lies here.
func (t *task) inside(path string) (string, error) {
	below, ok := strings.CutPrefix(filepath.Clean(path), "/tmp/")
	if !ok {
		return "", fmt.Errorf("only files in /tmp are brought to a container here: %s", path)
	}
	return filepath.Join(t.folder, "tmp", below), nil
}

// stage brings the input artifacts to their places.
func (t *task) stage() error {
	for _, artifact := range t.template.Inputs.Artifacts {
		place, err := t.inside(artifact.Path)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
			return err
		}
		switch {
		case artifact.Raw != nil:
			err = os.WriteFile(place, []byte(artifact.Raw.Data), 0o644)
		case artifact.S3 != nil:
			err = copyAll(t.kubelet.stored(artifact.S3.Key), place)
		case artifact.Optional:
		default:
			err = fmt.Errorf("the artifact %s is nowhere", artifact.Name)
		}
		if err != nil && !artifact.Optional {
			return err
		}
	}
	return nil
}

// command is the process: what stands behind the `--` of Argo's own program, in a `/tmp` of its own.
func (t *task) command(ctx context.Context) *exec.Cmd {
	words := append(slices.Clone(t.main.Command), t.main.Args...)
	words = words[slices.Index(words, "--")+1:]
	room := `mount --bind "$0" /tmp && exec "$@"`
	args := append([]string{"--user", "--map-root-user", "--mount", "sh", "-c", room, filepath.Join(t.folder, "tmp")}, words...)
	cmd := exec.CommandContext(ctx, "unshare", args...)
	cmd.Env = append(os.Environ(), "PATH="+t.kubelet.programs+":"+os.Getenv("PATH"))
	for _, variable := range t.main.Env {
		if variable.ValueFrom == nil {
			cmd.Env = append(cmd.Env, variable.Name+"="+variable.Value)
		}
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.Stdout, _ = os.Create(t.log("out"))
	cmd.Stderr, _ = os.Create(t.log("err"))
	return cmd
}

func (t *task) log(stream string) string {
	return filepath.Join(t.folder, "main."+stream)
}

// collect reads the outputs.
func (t *task) collect() (*wfv1.NodeResult, error) {
	var outputs wfv1.Outputs
	var missing error
	for _, parameter := range t.template.Outputs.Parameters {
		if parameter.ValueFrom == nil || parameter.ValueFrom.Path == "" {
			continue
		}
		place, err := t.inside(parameter.ValueFrom.Path)
		if err != nil {
			return nil, err
		}
		text, err := os.ReadFile(place)
		switch {
		case err == nil:
			parameter.Value = wfv1.AnyStringPtr(strings.TrimSuffix(string(text), "\n"))
		case parameter.ValueFrom.Default != nil:
			parameter.Value = parameter.ValueFrom.Default
		default:
			missing = fmt.Errorf("the output parameter %s: %w", parameter.Name, err)
			continue
		}
		outputs.Parameters = append(outputs.Parameters, parameter)
	}
	for _, artifact := range t.template.Outputs.Artifacts {
		place, err := t.inside(artifact.Path)
		if err != nil {
			return nil, err
		}
		if _, err := os.Stat(place); err != nil {
			if !artifact.Optional {
				missing = fmt.Errorf("the output artifact %s: %w", artifact.Name, err)
			}
			continue
		}
		if artifact.S3 == nil {
			artifact.ArtifactLocation = *t.template.ArchiveLocation.DeepCopy()
			artifact.ArchiveLogs = nil
			if err := artifact.SetKey(path.Join(t.template.ArchiveLocation.S3.Key, artifact.Name+".tgz")); err != nil {
				return nil, err
			}
		}
		if err := copyAll(place, t.kubelet.stored(artifact.S3.Key)); err != nil {
			return nil, err
		}
		outputs.Artifacts = append(outputs.Artifacts, artifact)
	}
	for _, variable := range t.main.Env {
		if variable.Name == common.EnvVarIncludeScriptOutput && variable.Value == "true" {
			text, err := os.ReadFile(t.log("out"))
			if err != nil {
				return nil, err
			}
			result := strings.TrimRight(string(text), "\n")
			outputs.Result = &result
		}
	}
	return &wfv1.NodeResult{Outputs: &outputs}, missing
}

// copyAll copies a file or a folder.
func copyAll(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if text, err := exec.Command("cp", "-a", "-T", from, to).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, text)
	}
	return nil
}
