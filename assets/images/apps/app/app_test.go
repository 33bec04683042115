package app

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func sample() App {
	return App{Name: "sample", Version: "v1", Root: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "Hello") }}
}

func get(handler http.Handler, method, path string) *httptest.ResponseRecorder {
	seen := httptest.NewRecorder()
	request := httptest.NewRequest(method, path, nil)
	request.RemoteAddr = "10.244.1.3:40000"
	handler.ServeHTTP(seen, request)
	return seen
}

func TestAnswersAndNamesItself(t *testing.T) {
	handler := sample().Handler(&State{})
	page := get(handler, "GET", "/")
	if page.Code != 200 || page.Body.String() != "Hello\n" || page.Header().Get("X-Version") != "v1" || page.Header().Get("X-Served-By") == "" {
		t.Errorf("%d %q %v", page.Code, page.Body, page.Header())
	}
	if client := get(handler, "GET", "/client").Body.String(); client != "10.244.1.3\n" {
		t.Errorf("the client is %q", client)
	}
	if caller := get(handler, "GET", "/caller").Body.String(); caller != "-\n" {
		t.Errorf("the caller is %q", caller)
	}
	for _, refused := range []struct {
		method, path string
		status       int
	}{{"POST", "/", 405}, {"DELETE", "/", 405}, {"GET", "/elsewhere", 404}} {
		if status := get(handler, refused.method, refused.path).Code; status != refused.status {
			t.Errorf("%s %s: %d", refused.method, refused.path, status)
		}
	}
}

func TestTellsWhoCallsByItsCertificate(t *testing.T) {
	request := httptest.NewRequest("GET", "/caller", nil)
	request.Header.Set("X-Forwarded-Client-Cert", `By=spiffe://cluster.local/ns/default/sa/b;Hash=ab;Subject="";URI=spiffe://cluster.local/ns/default/sa/a`)
	seen := httptest.NewRecorder()
	sample().Handler(&State{}).ServeHTTP(seen, request)
	if seen.Body.String() != "spiffe://cluster.local/ns/default/sa/a\n" {
		t.Errorf("the caller is %q", seen.Body)
	}
}

func TestIsBrokenAndMendedFromWithin(t *testing.T) {
	state := &State{}
	handler := sample().Handler(state)
	control := httptest.NewServer(state.controlHandler())
	defer control.Close()
	say := func(args ...string) (int, string) {
		var out, complaints bytes.Buffer
		code := commandLine(control.URL, args, &out, &complaints)
		return code, out.String() + complaints.String()
	}

	if code, said := say("fail", "ready"); code != 0 || !strings.Contains(said, "ready: false") {
		t.Errorf("%d %s", code, said)
	}
	if get(handler, "GET", "/ready").Code != 503 || get(handler, "GET", "/live").Code != 200 || get(handler, "GET", "/").Code != 200 {
		t.Error("not ready must be no more than not ready")
	}
	say("fail", "live")
	if get(handler, "GET", "/live").Code != 503 {
		t.Error("still live")
	}
	say("mend")
	if get(handler, "GET", "/live").Code != 200 || get(handler, "GET", "/ready").Code != 200 {
		t.Error("not mended")
	}
	say("fail", "1/2")
	if first, second, third := get(handler, "GET", "/").Code, get(handler, "GET", "/").Code, get(handler, "GET", "/").Code; first != 503 || second != 200 || third != 503 {
		t.Errorf("one of two: %d %d %d", first, second, third)
	}
	say("mend")
	say("delay", "50ms")
	begin := time.Now()
	if get(handler, "GET", "/").Code != 200 || time.Since(begin) < 50*time.Millisecond {
		t.Errorf("it took %s", time.Since(begin))
	}
	if code, said := say("status"); code != 0 || said != "ready: true, live: true, delay: 50ms, failing requests: none\n" {
		t.Errorf("%d %q", code, said)
	}
	for _, wrong := range [][]string{{"fail", "2/1"}, {"delay", "1h"}, {"delay", "long"}} {
		if code, said := say(wrong...); code != 1 || said == "" {
			t.Errorf("%v: %d %q", wrong, code, said)
		}
	}
	if code, said := say("explode"); code != 2 || !strings.HasPrefix(said, "usage:") {
		t.Errorf("%d %q", code, said)
	}
}

func TestTheEnvironmentMakesItSlowOrFaulty(t *testing.T) {
	state, err := stateFromEnvironment(func(name string) string { return map[string]string{"DELAY": "3s", "FAIL": "1/2"}[name] })
	if err != nil || state.describe() != "ready: true, live: true, delay: 3s, failing requests: 1/2" {
		t.Errorf("%v %v", state, err)
	}
	if _, err := stateFromEnvironment(func(string) string { return "often" }); err == nil {
		t.Error("nonsense was taken")
	}
}
