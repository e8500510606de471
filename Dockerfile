# docker run --rm --network none --volume "$PWD:/work:ro" ghcr.io/ecslint/ecslint .
#
# python:3.13.14-slim-trixie, kept current by .github/dependabot.yml
FROM python:3.13-slim@sha256:6771159cd4fa5d9bba1258caf0b82e6b73458c694d178ad97c5e925c2d0e1a91 AS build
ARG VERSION=0.1.0.dev0
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 SETUPTOOLS_SCM_PRETEND_VERSION_FOR_ECSLINT=$VERSION
COPY . /source
RUN python -m venv /opt/ecslint && /opt/ecslint/bin/pip install /source

FROM python:3.13-slim@sha256:6771159cd4fa5d9bba1258caf0b82e6b73458c694d178ad97c5e925c2d0e1a91
LABEL org.opencontainers.image.title="ecslint" \
      org.opencontainers.image.description="Lints Amazon ECS deployments" \
      org.opencontainers.image.source="https://github.com/ecslint/ecslint" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/ecslint /opt/ecslint
RUN useradd --system --uid 10001 --no-create-home ecslint
USER 10001
WORKDIR /work
ENTRYPOINT ["/opt/ecslint/bin/ecslint"]
CMD ["."]
