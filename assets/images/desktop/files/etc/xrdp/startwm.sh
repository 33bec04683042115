#!/bin/sh
# A session of the desktop: JWM with its task bar, and a terminal that says where one is.
. /etc/profile
cd "$HOME"
terminal -geometry 88x18+40+40 -e /usr/local/lib/rempart/session-welcome &
exec jwm
