//go:build tools

package main

// What is built beside: the controller of Argo.
import _ "github.com/argoproj/argo-workflows/v4/cmd/workflow-controller"
