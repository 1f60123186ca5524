module argo-lint

go 1.24.4

require github.com/argoproj/argo-workflows/v3 v3.6.18
