#!/bin/sh
# From data to models/emotion.onnx; arguments are passed on (--smoke, --data PATH, --composites). See README.md.
cd "$(dirname "$0")" || exit 1
exec "${PYTHON:-/usr/bin/python3}" -m emotion "$@"
