{{/*
The static server's configuration. It writes to /tmp only and needs no shell.
The certificate's path has a variable in it, so nginx reads the file again for every handshake
(https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_certificate): a rotated one is served without a reload.
Names of chunks carry a hash of their content and may be kept for ever; the manifest, the entry and the texts keep their names and are
sent whole each time: files of a reproducible image have one and the same date, which cannot tell two builds apart. A refusal is not
kept: while a version rolls out, a chunk is missing on some pods.
The log has what went wrong. Every open console asks for the manifest once a minute, and probes ask all the time.
*/}}
{{- define "migration-prep.nginx" -}}
daemon off;
worker_processes 2;
pid /tmp/nginx.pid;
error_log stderr warn;

events {
  worker_connections 1024;
}

http {
  client_body_temp_path /tmp/client-body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;

  types {
    application/javascript js;
    application/json json map;
    text/css css;
    text/plain txt;
    image/svg+xml svg;
    image/png png;
    font/woff2 woff2;
  }
  default_type application/octet-stream;
  charset utf-8;
  charset_types application/javascript application/json text/css text/plain;

  server_tokens off;
  log_format short '$time_iso8601 $status $request_method $uri';
  map $status $refused {
    ~^[45] 1;
    default 0;
  }
  access_log /dev/stdout short if=$refused;
  sendfile on;
  gzip_static on;
  gzip on;
  gzip_comp_level 6;
  gzip_vary on;
  gzip_min_length 1024;
  gzip_types application/javascript application/json text/css image/svg+xml;

  map $hostname $certificate {
    default /var/serving-cert;
  }
  etag off;
  if_modified_since off;
  map "$refused $uri" $kept {
    default "no-cache";
    "~^0 .*-[0-9a-f]{8,}\.(js|js\.LICENSE\.txt|css|svg|png|woff2)$" "public, max-age=31536000, immutable";
    ~^1 "no-store";
  }
  map $request_method $allowed {
    GET "";
    HEAD "";
    default "GET, HEAD";
  }

  server {
    {{- if eq .Values.plugin.ipFamily "IPv4" }}
    listen 9443 ssl;
    {{- else }}
    listen [::]:9443 ssl ipv6only={{ eq .Values.plugin.ipFamily "IPv6" | ternary "on" "off" }};
    {{- end }}
    ssl_certificate $certificate/tls.crt;
    ssl_certificate_key $certificate/tls.key;
    ssl_session_tickets off;
    {{- if eq .Values.plugin.tlsProfile "Modern" }}
    ssl_protocols TLSv1.3;
    {{- else }}
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;
    {{- end }}

    root /opt/migration-prep/plugin;
    add_header X-Content-Type-Options nosniff always;
    add_header Cache-Control $kept always;
    add_header Allow $allowed always;
    if ($allowed) {
      return 405;
    }

    location / {
      try_files $uri =404;
    }
    # For users who may not look where MTV is: what the proxies were set by.
    location = /settings.json {
      default_type application/json;
      return 200 '{"mtvNamespace":"{{ include "migration-prep.mtvNamespace" . }}"}\n';
    }
    location = /healthz {
      default_type text/plain;
      return 200 "ok\n";
    }
  }
}
{{- end }}
