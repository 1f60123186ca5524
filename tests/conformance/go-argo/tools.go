//go:build tools

// Package tools pins the version of Argo whose program lints what is emitted.
package tools

import _ "github.com/argoproj/argo-workflows/v3/cmd/argo"
