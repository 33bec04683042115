package app

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const usage = `usage: /app fail ready     the readiness probe fails: the pod gets no more visitors
       /app fail live      the liveness probe fails: the container is started anew
       /app fail 1/2       one request in two is answered 503
       /app delay 3s       each answer takes three seconds longer
       /app mend           all is well again
       /app status         what is broken now
`

// controlHandler changes the state; it is reachable from within the pod alone.
func (s *State) controlHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /status", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, s.describe()) })
	mux.HandleFunc("POST /change", func(w http.ResponseWriter, r *http.Request) {
		if err := s.change(r.FormValue("what"), r.FormValue("value")); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		fmt.Fprintln(w, s.describe())
	})
	return mux
}

func (s *State) describe() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return fmt.Sprintf("ready: %t, live: %t, delay: %s, failing requests: %s", !s.notReady, !s.notLive, s.delay, s.fail)
}

func (s *State) change(what, value string) error {
	var delay time.Duration
	var fail share
	var err error
	switch {
	case what == "delay":
		delay, err = parseDelay(value)
	case what == "fail" && value != "ready" && value != "live":
		fail, err = parseShare(value)
	}
	if err != nil {
		return err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	switch {
	case what == "fail" && value == "ready":
		s.notReady = true
	case what == "fail" && value == "live":
		s.notLive = true
	case what == "fail":
		s.fail, s.served = fail, 0
	case what == "delay":
		s.delay = delay
	case what == "mend":
		s.notReady, s.notLive, s.delay, s.fail = false, false, 0, share{}
	default:
		return fmt.Errorf("nothing is called %q", what)
	}
	return nil
}

// commandLine asks the app that runs in the same pod, for `kubectl exec POD -- /app …`: the image holds no shell. Returns the exit code.
func commandLine(control string, args []string, out, complaints io.Writer) int {
	client := &http.Client{Timeout: 5 * time.Second}
	var answer *http.Response
	var err error
	switch {
	case len(args) == 1 && args[0] == "status":
		answer, err = client.Get(control + "/status")
	case len(args) == 1 && args[0] == "mend":
		answer, err = client.PostForm(control+"/change", url.Values{"what": {"mend"}})
	case len(args) == 2 && (args[0] == "fail" || args[0] == "delay"):
		answer, err = client.PostForm(control+"/change", url.Values{"what": {args[0]}, "value": {args[1]}})
	default:
		fmt.Fprint(complaints, usage)
		return 2
	}
	if err != nil {
		fmt.Fprintln(complaints, err)
		return 1
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 4096))
	if err != nil {
		fmt.Fprintln(complaints, err)
		return 1
	}
	if answer.StatusCode != http.StatusOK {
		fmt.Fprintln(complaints, strings.TrimSpace(string(text)))
		return 1
	}
	fmt.Fprintln(out, strings.TrimSpace(string(text)))
	return 0
}
