//go:build tools

// Package kubeserver names what the tests run, so that the go command keeps its versions.
package kubeserver

import (
	_ "go.etcd.io/etcd/server/v3"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
)
