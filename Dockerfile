# Two stages: build with Rust and Node, run as an ordinary user on a small Debian.
FROM node:20-bookworm-slim AS web
WORKDIR /build/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY web/ ./
RUN npm run build

FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY Cargo.toml Cargo.lock build.rs ./
COPY src/ src/
COPY demo/ demo/
COPY presets/ presets/
COPY benches/ benches/
# Only the built pages come along: without their sources build.rs embeds them as they are.
COPY web/pages.json web/
COPY --from=web /build/web/dist/ web/dist/
RUN mkdir -p tests/it && touch tests/it/main.rs \
 && cargo build --release --locked --bin podium

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data podium
COPY --from=build /build/target/release/podium /usr/local/bin/podium
USER podium
VOLUME /data
EXPOSE 7300
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/7300 && printf 'GET /healthz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q '\"status\":\"ok\"' <&3"]
ENTRYPOINT ["podium"]
CMD ["serve", "--data", "/data", "--listen", "0.0.0.0:7300"]
