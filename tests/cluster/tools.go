//go:build tools

package main

// What is built beside: the controller and the command line of Argo.
import (
	_ "github.com/argoproj/argo-workflows/v4/cmd/argo/commands"
	_ "github.com/argoproj/argo-workflows/v4/workflow/controller"
)
