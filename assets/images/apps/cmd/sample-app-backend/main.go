// The backend microservice of the course's chapter 6: a little JSON for the frontend. Version 0.0.2 says that it is the second.
package main

import (
	"encoding/json"
	"net/http"

	"rempart/apps/app"
)

// Set by the build: -ldflags "-X main.version=0.0.2".
var version = "0.0.1"

var texts = map[string]string{"0.0.1": "backend microservice", "0.0.2": "backend microservice v2"}

func main() {
	backend(version).Main()
}

func backend(version string) app.App {
	text, known := texts[version]
	if !known {
		panic("sample-app-backend: no version " + version)
	}
	return app.App{Name: "sample-app-backend", Version: version, Root: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		// A visitor who left while it was written is no fault of the backend's.
		_ = json.NewEncoder(w).Encode(map[string]string{"text": text})
	}}
}
