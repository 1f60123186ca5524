package main

import (
	"errors"
	"net/url"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
)

// startStore starts an etcd as it comes, on ports that are free.
func startStore(folder string) (stop func(), address string, err error) {
	anywhere, err := url.Parse("http://127.0.0.1:0")
	if err != nil {
		return nil, "", err
	}
	config := embed.NewConfig()
	config.Dir = folder
	config.LogLevel = "error"
	config.UnsafeNoFsync = true
	config.ListenClientUrls, config.ListenPeerUrls = []url.URL{*anywhere}, []url.URL{*anywhere}
	config.AdvertiseClientUrls, config.AdvertisePeerUrls = config.ListenClientUrls, config.ListenPeerUrls
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	store, err := embed.StartEtcd(config)
	if err != nil {
		return nil, "", err
	}
	select {
	case <-store.Server.ReadyNotify():
		return store.Close, "http://" + store.Clients[0].Addr().String(), nil
	case <-time.After(time.Minute):
		store.Close()
		return nil, "", errors.New("etcd does not start")
	}
}
