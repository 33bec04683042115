// istioctl, with a few settings given first where it renders a mesh. Its proxies are a stock Envoy, which has none of Istio's own filters: the one that
// counts requests must not be asked for. Proxies write an access log, which labs read. And what is reserved fits a laptop with two cores, as in Istio's
// profile for demonstrations. Whatever the user sets comes later and wins.
package main

import (
	"fmt"
	"os"
	"slices"

	_ "k8s.io/client-go/plugin/pkg/client/auth"

	"istio.io/istio/istioctl/cmd"
	"istio.io/istio/pkg/log"
)

var settings = []string{
	"--set=values.telemetry.enabled=false",
	"--set=meshConfig.accessLogFile=/dev/stdout",
	"--set=values.pilot.resources.requests.cpu=50m",
	"--set=values.pilot.resources.requests.memory=128Mi",
	"--set=values.global.proxy.resources.requests.cpu=10m",
	"--set=values.global.proxy.resources.requests.memory=40Mi",
}

// commands that render a mesh, and thus take the settings.
var commands = [][]string{{"install"}, {"upgrade"}, {"manifest", "generate"}, {"manifest", "install"}}

// withSettings puts the settings right after the command, before what the user set.
func withSettings(arguments []string) []string {
	for _, command := range commands {
		if len(arguments) >= len(command) && slices.Equal(arguments[:len(command)], command) {
			return slices.Concat(command, settings, arguments[len(command):])
		}
	}
	return arguments
}

func main() {
	os.Args = append(os.Args[:1], withSettings(os.Args[1:])...)
	if err := cmd.ConfigAndEnvProcessing(); err != nil {
		fmt.Fprintf(os.Stderr, "Could not initialize: %v\n", err)
		os.Exit(cmd.GetExitCode(err))
	}
	root := cmd.GetRootCmd(os.Args[1:])
	log.EnableKlogWithCobra()
	if err := root.Execute(); err != nil {
		os.Exit(cmd.GetExitCode(err))
	}
}
