//go:build never

package programs

import _ "github.com/mccutchen/go-httpbin/v2/httpbin"
