package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	corev1 "k8s.io/api/core/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensionsclient "k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"sigs.k8s.io/yaml"
)

const namespace = "default"

// Where artifacts are, for those who ask; the kubelet keeps them in a folder.
const config = `
artifactRepository:
  s3:
    bucket: artifacts
    endpoint: store:9000
    insecure: true
    accessKeySecret: {name: store, key: access}
    secretKeySecret: {name: store, key: secret}
metricsConfig: {enabled: false}
telemetryConfig: {enabled: false}
`

// install puts Argo's definitions and its configuration into the cluster.
func (s *servers) install(ctx context.Context, folder string) error {
	files, err := filepath.Glob(filepath.Join(folder, "argoproj.io_*.yaml"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no definitions in %s: %v", folder, err)
	}
	client, err := apiextensionsclient.NewForConfig(s.config)
	if err != nil {
		return err
	}
	definitions := client.ApiextensionsV1().CustomResourceDefinitions()
	for _, file := range files {
		var definition apiextensions.CustomResourceDefinition
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := yaml.UnmarshalStrict(text, &definition); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if _, err := definitions.Create(ctx, &definition, metav1.CreateOptions{}); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		err = eventually(ctx, time.Minute, definition.Name+" is established", func() (bool, error) {
			found, err := definitions.Get(ctx, definition.Name, metav1.GetOptions{})
			if err != nil {
				return false, err
			}
			for _, condition := range found.Status.Conditions {
				if condition.Type == apiextensions.Established && condition.Status == apiextensions.ConditionTrue {
					return true, nil
				}
			}
			return false, nil
		})
		if err != nil {
			return err
		}
	}
	kube, err := kubernetes.NewForConfig(s.config)
	if err != nil {
		return err
	}
	settings := corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{Name: "workflow-controller-configmap"},
		Data:       map[string]string{"config": config},
	}
	_, err = kube.CoreV1().ConfigMaps(namespace).Create(ctx, &settings, metav1.CreateOptions{})
	return err
}
