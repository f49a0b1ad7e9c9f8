#!/bin/sh
# Restarts the processes on the given ports one after the other, each when the one before it is ready.
#     deploy/restart.sh 5001 5002 5003
set -eu
for port in "$@"; do
    systemctl restart "studyhall@$port"
    until curl -fsS "http://127.0.0.1:$port/healthz/ready" >/dev/null 2>&1; do sleep 0.2; done
done
