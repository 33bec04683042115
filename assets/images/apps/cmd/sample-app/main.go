// The sample app of the course's chapter 3: a greeting, which is another one in each version.
package main

import (
	"fmt"
	"net/http"

	"rempart/apps/app"
)

// Set by the build: -ldflags "-X main.version=v2".
var version = "v1"

var greetings = map[string]string{"v1": "Hello, World!", "v2": "Fundamentals of DevOps!"}

func main() {
	sampleApp(version).Main()
}

func sampleApp(version string) app.App {
	greeting, known := greetings[version]
	if !known {
		panic("sample-app: no version " + version)
	}
	return app.App{Name: "sample-app", Version: version, Root: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		fmt.Fprintln(w, greeting)
	}}
}
