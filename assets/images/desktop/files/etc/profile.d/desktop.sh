# The screen of this machine, where it has one: windows that a terminal opens appear there.
if [ -z "$DISPLAY" ] && [ -S /tmp/.X11-unix/X0 ]; then export DISPLAY=:0; fi
