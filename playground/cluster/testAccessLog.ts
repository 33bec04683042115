/** Lines of Istio's default access log for tests, in the shape in which the proxies of two pods write them. */
export const accessLines = {
  received: '[2026-11-28T06:42:10.123Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 14 3 2 "-" "curl/8.14.1" "6b1d-1" "backend.default.svc" "10.244.2.4:8080" inbound|8080|| 127.0.0.6:45123 10.244.2.4:8080 10.244.1.9:50022 outbound_.80_._.backend.default.svc.cluster.local default',
  sent: '[2026-11-28T06:42:10.121Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 14 5 4 "-" "curl/8.14.1" "6b1d-1" "backend.default.svc" "10.244.2.4:8080" outbound|80||backend.default.svc.cluster.local 10.244.1.9:50022 10.96.12.7:80 10.244.1.9:41200 - default',
  refused: '[2026-11-28T06:42:11.000Z] "POST / HTTP/1.1" 403 - rbac_access_denied_matched_policy[none] - "-" 0 19 0 - "-" "curl/8.14.1" "6b1d-2" "backend.default.svc" "-" inbound|8080|| - 10.244.2.4:8080 10.244.1.9:50022 outbound_.80_._.backend.default.svc.cluster.local default',
  plainRefused: '[2026-11-28T06:42:12.000Z] "- - -" 0 NR filter_chain_not_found - "-" 0 0 0 - "-" "-" "-" "-" "-" - - 10.244.2.4:8080 10.244.1.30:33112 - -',
  overflow: '[2026-11-28T06:42:13.000Z] "GET / HTTP/1.1" 503 UO upstream_overflow - "-" 0 81 0 - "-" "curl/8.14.1" "6b1d-3" "backend.default.svc" "-" outbound|80||backend.default.svc.cluster.local - 10.96.12.7:80 10.244.1.9:41210 - default',
  timeout: '[2026-11-28T06:42:14.000Z] "GET /slow HTTP/1.1" 504 UT response_timeout - "-" 0 24 1001 - "-" "curl/8.14.1" "6b1d-4" "backend.default.svc" "10.244.2.4:8080" outbound|80||backend.default.svc.cluster.local 10.244.1.9:50022 10.96.12.7:80 10.244.1.9:41212 - default',
} as const;
