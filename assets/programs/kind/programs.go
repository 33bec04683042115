//go:build never

package programs

import _ "sigs.k8s.io/kind"
