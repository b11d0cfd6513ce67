# The reference stack as one would write it by hand: what `make bench` compares with.
variable "PREFIX" {}
variable "TAG" {}

group "default" {
  targets = ["base-image", "base-notebook", "pangeo-notebook", "ml-notebook"]
}

target "base-image" {
  context = "images/base-image"
  tags    = ["${PREFIX}/base-image:${TAG}", "${PREFIX}/base-image:latest"]
}

# BuildKit looks a named context up without `:latest`.
target "_child" {
  contexts = { "pangeo/base-image" = "target:base-image" }
}

target "base-notebook" {
  inherits = ["_child"]
  context  = "images/base-notebook"
  tags     = ["${PREFIX}/base-notebook:${TAG}", "${PREFIX}/base-notebook:latest"]
}

target "pangeo-notebook" {
  inherits = ["_child"]
  context  = "images/pangeo-notebook"
  tags     = ["${PREFIX}/pangeo-notebook:${TAG}", "${PREFIX}/pangeo-notebook:latest"]
}

target "ml-notebook" {
  inherits = ["_child"]
  context  = "images/ml-notebook"
  tags     = ["${PREFIX}/ml-notebook:${TAG}", "${PREFIX}/ml-notebook:latest"]
}
