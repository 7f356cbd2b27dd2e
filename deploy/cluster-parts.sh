# The parts of a cluster on one machine, for cluster.sh and tests. Sourced after setup.sh, never run; $data names a folder, by an absolute path.
#   start_redis      sets redis, a StackExchange.Redis connection string, and redis_pid
#   start_postgres   sets postgres, an Npgsql connection string, and postgres_pid
#   start_node I     begin_node and await_node in one; sets node[I], its address, and node_pid[I]; the array server_arguments goes to the server
#   start_nginx      sets entrance, the address of all nodes; at PORT or a free one
#   keep_watch       starts nodes again that have ended, and sends newcomers to nodes that are ready; once, to be called every second
#   stop_node I, stop_all
# Each start waits until the part answers, and fails with the end of its log. Parts end with the shell that started them, even with kill -9.

declare -A node=() node_pid=()
server_arguments=()
redis_pid='' postgres_pid='' nginx_pid='' ready_nodes=''
# Kept when Redis is started again, so that the servers find it.
redis_port=''

# free_port: one where nobody listens. Should another program be quicker, the part fails and says so.
free_port() { perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'; }

# secret NAME: made once, then kept.
secret() { [ -s "$data/$1" ] || (umask 077; openssl rand -hex 24 >"$data/$1"); cat "$data/$1"; }

# begin NAME COMMAND...: in the background, with a log of its own; sets pid. In a session of its own, so that Ctrl+C reaches only this shell, which
# stops the parts in order. Without this shell they end at once: a server that drains would wait a minute or two for a Redis that is gone.
begin() {
  local name=$1; shift
  setsid setpriv --pdeathsig KILL "$@" >>"$data/$name.log" 2>&1 </dev/null &
  pid=$!
}

# wait_for NAME COMMAND...: until the command succeeds; fails when the part that begin started has ended, or after two minutes.
wait_for() {
  local name=$1 end=$((SECONDS + 120)); shift
  until "$@" >/dev/null 2>&1; do
    if ! kill -0 "$pid" 2>/dev/null || [ $SECONDS -ge $end ]; then
      printf '%s\n' "$name did not start:" "$(tail -n 5 "$data/$name.log")" >&2
      return 1
    fi
    sleep 0.1
  done
}

start_redis() {
  local password
  password=$(secret redis.password)
  redis_port=${redis_port:-$(free_port)}
  # What sessions leave lives for seconds, but a Redis that forgets which servers there are leaves each of them alone: it keeps what it was told.
  (umask 077; printf '%s\n' 'bind 127.0.0.1' "port $redis_port" "requirepass $password" "dir $data" 'save ""' 'appendonly yes' \
    'maxmemory 256mb' 'maxmemory-policy noeviction' >"$data/redis.conf")
  begin redis redis-server "$data/redis.conf"
  redis_pid=$pid
  REDISCLI_AUTH=$password wait_for redis redis-cli -p "$redis_port" ping || return
  redis="127.0.0.1:$redis_port,password=$password"
}

start_postgres() {
  # INT tells it not to wait for its clients.
  local programs account=(setpriv --pdeathsig INT)
  programs=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  mkdir -p "$data/postgres"
  if [ "$(id -u)" -eq 0 ]; then
    # PostgreSQL refuses to run as root; its package brings an account for it.
    account+=(--reuid=postgres --regid=postgres --clear-groups)
    chown postgres "$data/postgres"
  fi
  if [ ! -e "$data/postgres/data/PG_VERSION" ]; then
    (cd / && "${account[@]}" "$programs/initdb" --pgdata "$data/postgres/data" --auth=trust --username=emotionstream --encoding=UTF8) >"$data/postgres.log" 2>&1 \
      || { tail -n 5 "$data/postgres.log" >&2; return 1; }
  fi
  # It listens on a socket only, in a folder of its account; a socket's path has 107 characters at most.
  begin postgres "${account[@]}" "$programs/postgres" -D "$data/postgres/data" -c listen_addresses= -c "unix_socket_directories=$data/postgres" -c max_connections=450
  postgres_pid=$pid
  wait_for postgres "$programs/pg_isready" -h "$data/postgres" || return
  postgres="Host=$data/postgres;Username=emotionstream;Database=postgres;Maximum Pool Size=20"
}

# begin_node I: without waiting for it. A node that was there before comes back at its address.
begin_node() {
  node[$1]=${node[$1]:-http://127.0.0.1:$(free_port)}
  # Through the environment, for arguments can be read by every account.
  local -x ASPNETCORE_URLS=${node[$1]} Edge__Proxies__0=127.0.0.1 Storage__DataDirectory=$data/node-$1
  [ -z "${postgres:-}" ] || local -x Storage__Postgres=$postgres
  [ -z "${redis:-}" ] || local -x Cluster__Redis=$redis Cluster__Key=$(secret cluster.key) Cluster__Advertise=127.0.0.1 Cluster__Port=$(free_port)
  begin "node-$1" dotnet "$root/server/EmotionStream/bin/Release/net10.0/EmotionStream.dll" "${server_arguments[@]}"
  node_pid[$1]=$pid
}

await_node() { pid=${node_pid[$1]} wait_for "node-$1" curl -sf "${node[$1]}/readyz"; }

start_node() { begin_node "$1" && await_node "$1"; }

# list_nodes: nodes that are not ready stay in the list, for no visitor is better served by an entrance without nodes.
list_nodes() {
  local i
  for i in "${!node[@]}"; do
    printf 'server %s max_fails=1 fail_timeout=2s%s;\n' "${node[$i]#http://}" "$([[ -z $ready_nodes || " $ready_nodes" = *" ${node[$i]} "* ]] || echo ' down')"
  done >"$data/nginx/nodes.conf"
}

start_nginx() {
  mkdir -p "$data/nginx"
  cp "$root/deploy/nginx.conf" "$data/nginx/"
  [ "${PORT:-0}" -ne 0 ] || PORT=$(free_port)
  entrance=http://127.0.0.1:$PORT
  echo "listen ${entrance#http://};" >"$data/nginx/listen.conf"
  list_nodes
  begin nginx /usr/sbin/nginx -p "$data/nginx" -c "$data/nginx/nginx.conf" -g 'daemon off;'
  nginx_pid=$pid
  wait_for nginx curl -sf "$entrance/healthz"
}

# Debian's nginx does not ask its nodes how they are, so this does: a node that hangs, starts or stops gets no new connections.
keep_watch() {
  local i ready
  for i in "${!node[@]}"; do
    kill -0 "${node_pid[$i]}" 2>/dev/null || { say "node-$i has ended and starts again"; begin_node "$i"; }
  done
  # curl fails when one of them does not answer, which is no failure here.
  ready=$({ curl -s --parallel --max-time 1 --write-out '%{http_code} %{url}\n' $(printf -- '-o /dev/null %s/readyz ' "${node[@]}") 2>/dev/null || true; } \
    | sed -n 's|^200 \(.*\)/readyz$|\1|p' | sort | tr '\n' ' ')
  [ "$ready" != "$ready_nodes" ] || return 0
  ready_nodes=$ready
  list_nodes
  kill -HUP "$nginx_pid"
}

# end SIGNAL PID: asks a process to end, and waits until it has; after half a minute it is killed.
end() {
  local last=$((SECONDS + 30))
  kill "-$1" "$2" 2>/dev/null || return 0
  while kill -0 "$2" 2>/dev/null; do
    [ $SECONDS -lt $last ] || kill -KILL "$2" 2>/dev/null || true
    sleep 0.1
  done
}

stop_node() { end TERM "${node_pid[$1]}"; }

# Nodes first and all at once, while Redis still takes their sessions.
stop_all() {
  local i stoppers=()
  for i in "${!node_pid[@]}"; do
    stop_node "$i" &
    stoppers+=($!)
  done
  [ ${#stoppers[@]} -eq 0 ] || wait "${stoppers[@]}"
  [ -z "$nginx_pid" ] || end TERM "$nginx_pid"
  [ -z "$redis_pid" ] || end TERM "$redis_pid"
  [ -z "$postgres_pid" ] || end INT "$postgres_pid"
}
