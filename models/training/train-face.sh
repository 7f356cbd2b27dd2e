#!/bin/sh
# From the data in ../shared to models/face.onnx: reads the pictures once, trains, calibrates, exports; going on where it stopped.
# --smoke runs a few steps on made pictures and leaves models/face.onnx alone. Other options: --help.
set -eu
cd "$(dirname "$0")"
# Debian's PyTorch and OpenCV belong to the system's Python; another may come first in PATH.
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
exec "${PYTHON:-/usr/bin/python3}" -W ignore -u -m face.train "$@"
