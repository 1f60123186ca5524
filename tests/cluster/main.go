// A cluster on one machine: etcd, the API server of Kubernetes, the controller of Argo Workflows, and a kubelet that
// runs the main container of each pod here. All but the kubelet are the real programs; they lie beside this one.
//
//	cluster serve PLACE CRDS PROGRAMS   starts it, and takes workflows at PLACE/socket until it is stopped
//	cluster submit PLACE FILE [NAME=VALUE]..   runs the workflow of a file to its end, and prints as JSON what happened
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := command(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func command(args []string) error {
	switch {
	case len(args) == 4 && args[0] == "serve":
		return serve(args[1], args[2], args[3])
	case len(args) >= 3 && args[0] == "submit":
		return submit(args[1], args[2], args[3:])
	}
	return fmt.Errorf("usage: cluster serve PLACE CRDS PROGRAMS | cluster submit PLACE FILE [NAME=VALUE]..")
}
