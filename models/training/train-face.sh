#!/bin/sh
# From the data in ../shared to models/face.onnx and models/face-close.onnx: reads the pictures once, trains the detector, then the second
# look, and writes that once more in 8-bit integers; going on where it stopped. --smoke runs a few steps of both on made pictures and leaves the models alone.
# More options: python3 -m face.train --help, python3 -m face.train_close --help.
set -eu
cd "$(dirname "$0")"
# Debian's PyTorch and OpenCV belong to the system's Python; another may come first in PATH.
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
case "$*" in
  "" | --smoke) ;;
  *) echo "usage: $0 [--smoke]" >&2; exit 2 ;;
esac
for part in face.train face.train_close face.quantise; do
  "${PYTHON:-/usr/bin/python3}" -W ignore -u -m "$part" "$@"
done
