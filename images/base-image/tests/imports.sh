#!/bin/sh
# What conda installed can be imported. In base-image itself there is no environment yet.
set -eu
test -d "$NB_PYTHON_PREFIX/conda-meta" || exit 0
for module in dask distributed jax jupyterlab keras xarray zarr; do
  for record in "$NB_PYTHON_PREFIX/conda-meta/$module"-[0-9]*.json; do
    test -f "$record" || continue
    echo "import $module"
    "$NB_PYTHON_PREFIX/bin/python" -c "import $module"
  done
done
