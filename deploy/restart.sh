#!/bin/sh
# Restarts the processes on the given ports one after the other, each once the one before it is ready. Stops with an
# error when one is not ready within 60 seconds, so that the others go on with the old version.
#     deploy/restart.sh 5001 5002 5003
set -eu
for port in "$@"; do
    systemctl restart "studyhall@$port"
    tries=300
    until curl -fsS --max-time 2 "http://127.0.0.1:$port/healthz/ready" >/dev/null 2>&1; do
        tries=$((tries - 1))
        if [ "$tries" -le 0 ]; then
            echo "The process on port $port is not ready after 60 seconds: journalctl -u studyhall@$port" >&2
            exit 1
        fi
        sleep 0.2
    done
done
