package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

const token = "cluster"

// servers are the processes that make the cluster.
type servers struct {
	place   string
	running []*exec.Cmd
	config  *rest.Config
}

// start runs a program that lies beside this one, until this one ends.
func (s *servers) start(name, program string, args ...string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	log, err := os.Create(filepath.Join(s.place, name+".log"))
	if err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(filepath.Dir(self), program), args...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.Env = append(os.Environ(), "LEADER_ELECTION_DISABLE=true", "DEFAULT_REQUEUE_TIME=1s")
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	s.running = append(s.running, cmd)
	return cmd.Start()
}

func (s *servers) stop() {
	for i := len(s.running) - 1; i >= 0; i-- {
		_ = s.running[i].Process.Kill()
		_ = s.running[i].Wait()
	}
}

// api starts etcd and the API server, and waits until it answers.
func (s *servers) api(ctx context.Context) error {
	ports, err := freePorts(3)
	if err != nil {
		return err
	}
	etcd := fmt.Sprintf("http://127.0.0.1:%d", ports[0])
	err = s.start("etcd", "servers", "etcd", "--data-dir="+filepath.Join(s.place, "etcd"), "--unsafe-no-fsync",
		"--listen-client-urls="+etcd, "--advertise-client-urls="+etcd,
		fmt.Sprintf("--listen-peer-urls=http://127.0.0.1:%d", ports[1]), "--log-level=warn")
	if err != nil {
		return err
	}
	key := filepath.Join(s.place, "accounts.key")
	tokens := filepath.Join(s.place, "tokens.csv")
	if err := writeKey(key); err != nil {
		return err
	}
	if err := os.WriteFile(tokens, []byte(token+",admin,admin,system:masters\n"), 0o600); err != nil {
		return err
	}
	err = s.start("kube-apiserver", "servers", "kube-apiserver", "--etcd-servers="+etcd, "--bind-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", ports[2]), "--cert-dir="+filepath.Join(s.place, "certs"),
		"--service-cluster-ip-range=10.0.0.0/24", "--service-account-issuer=https://cluster",
		"--service-account-key-file="+key, "--service-account-signing-key-file="+key,
		"--token-auth-file="+tokens, "--authorization-mode=AlwaysAllow",
		// Nobody makes service accounts or priority classes here.
		"--disable-admission-plugins=ServiceAccount,Priority")
	if err != nil {
		return err
	}
	s.config = &rest.Config{
		Host:            fmt.Sprintf("https://127.0.0.1:%d", ports[2]),
		BearerToken:     token,
		TLSClientConfig: rest.TLSClientConfig{Insecure: true},
		QPS:             1000,
		Burst:           2000,
	}
	kube, err := kubernetes.NewForConfig(s.config)
	if err != nil {
		return err
	}
	return eventually(ctx, 2*time.Minute, "the API server answers", func() (bool, error) {
		_, err := kube.RESTClient().Get().AbsPath("/readyz").DoRaw(ctx)
		return err == nil, nil
	})
}

// controller starts Argo's controller.
func (s *servers) controller() error {
	config := filepath.Join(s.place, "kubeconfig")
	text := fmt.Sprintf(`{"apiVersion": "v1", "kind": "Config", "current-context": "cluster",
"clusters": [{"name": "cluster", "cluster": {"server": %q, "insecure-skip-tls-verify": true}}],
"users": [{"name": "admin", "user": {"token": %q}}],
"contexts": [{"name": "cluster", "context": {"cluster": "cluster", "user": "admin", "namespace": %q}}]}`,
		s.config.Host, token, namespace)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return err
	}
	return s.start("workflow-controller", "workflow-controller",
		"--kubeconfig="+config, "--namespaced", "--executor-image=argoexec", "--qps=1000", "--burst=2000")
}

func freePorts(count int) ([]int, error) {
	ports := make([]int, 0, count)
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

func writeKey(path string) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	block := pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	return os.WriteFile(path, pem.EncodeToMemory(&block), 0o600)
}

// eventually asks until it holds.
func eventually(ctx context.Context, limit time.Duration, what string, holds func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		if done, err := holds(); done || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waited in vain until %s", what)
		case <-time.After(50 * time.Millisecond):
		}
	}
}
