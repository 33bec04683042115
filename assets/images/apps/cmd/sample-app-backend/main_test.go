package main

import (
	"net/http/httptest"
	"testing"

	"rempart/apps/app"
)

func TestSaysWhichVersionItIs(t *testing.T) {
	for version, expected := range map[string]string{"0.0.1": `{"text":"backend microservice"}`, "0.0.2": `{"text":"backend microservice v2"}`} {
		seen := httptest.NewRecorder()
		backend(version).Handler(&app.State{}).ServeHTTP(seen, httptest.NewRequest("GET", "/", nil))
		if seen.Code != 200 || seen.Body.String() != expected+"\n" || seen.Header().Get("X-Version") != version {
			t.Errorf("%s: %d %q", version, seen.Code, seen.Body)
		}
	}
}
