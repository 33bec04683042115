package main

import (
	"net/http/httptest"
	"testing"

	"rempart/apps/app"
)

func TestGreetsInEachVersion(t *testing.T) {
	for version, expected := range map[string]string{"v1": "Hello, World!\n", "v2": "Fundamentals of DevOps!\n"} {
		seen := httptest.NewRecorder()
		sampleApp(version).Handler(&app.State{}).ServeHTTP(seen, httptest.NewRequest("GET", "/", nil))
		if seen.Code != 200 || seen.Body.String() != expected || seen.Header().Get("X-Version") != version {
			t.Errorf("%s: %d %q", version, seen.Code, seen.Body)
		}
	}
}
