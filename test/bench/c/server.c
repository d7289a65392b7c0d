// The server behind `npm run bench`: one thread, epoll, 127.0.0.1. WebSocket echo; with /flood in the path a flood of
// marked WebSocket messages; /events: an event stream, one event per interval or a flood; any other GET: a poll that is
// answered at once. Prints its port.
// Options: -d delay of an echo in us, -S stall in ms, -O first stall after ms, -i interval of events in us (0: flood),
// -m first seven bytes of each mark, -e 1: prints every 500 ms how many echoes there have been so far, -w processes that
// share the port, because the limit of open files is one of each process.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include "echo.h"
#include "handshake.h"
#include "messages.h"
#include "peer.h"
#include "schedule.h"

#define READ_BYTES 65536
#define FLOOD_BYTES 65536

static uint64_t stall_ns, first_stall_ns = SECOND;
static int listener;
static uint64_t first_peer_at;
static uint64_t echoes, next_count;
static uint8_t input[READ_BYTES + PAYLOAD_MAX + 16], output[4 * READ_BYTES + FLOOD_BYTES];

static void flood(struct peer *peer) {
  while (!peer->gone && peer->queued_bytes == 0) {
    size_t bytes = 0;
    while (bytes < FLOOD_BYTES) {
      char *to = (char *)output + bytes;
      bytes += peer->kind == FLOOD ? put_frame(to, mark_prefix, peer->sequence) : put_event(to, mark_prefix, peer->sequence);
      peer->sequence += 1;
    }
    put(peer, output, bytes);
  }
}

static void begin_events(struct peer *peer, uint64_t now) {
  static const char head[] =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n";
  peer->kind = EVENTS;
  put(peer, (const uint8_t *)head, sizeof head - 1);
  if (interval_ns == 0) {
    flood(peer);
    return;
  }
  begin_ticking(peer, now);
}

static void request(struct peer *peer, const char *text, uint64_t now) {
  char answer_text[512];
  int length = upgrade_answer(text, answer_text);
  if (length > 0) {
    peer->kind = strncmp(text, "GET /flood", 10) == 0 ? FLOOD : ECHO;
    put(peer, (uint8_t *)answer_text, length);
    if (peer->kind == FLOOD) flood(peer);
  } else if (strncmp(text, "GET /events", 11) == 0) begin_events(peer, now);
  else {
    char body[64];
    int bytes = sprintf(body, "{\"last\":%08llu,\"text\":\"hello\"}", 10000000ull + ++peer->sequence % 10000000);
    length = sprintf(answer_text, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", bytes, body);
    answer(peer, (uint8_t *)answer_text, length, now);
  }
}

static void take(struct peer *peer, uint64_t now) {
  memcpy(input, peer->held, peer->held_bytes);
  ssize_t got = read(peer->fd, input + peer->held_bytes, READ_BYTES);
  if (got <= 0) {
    if (got == 0 || errno != EAGAIN) hang_up(peer);
    return;
  }
  size_t length = peer->held_bytes + got, used = 0;
  while (peer->kind == HTTP && !peer->gone) {
    uint8_t *end = memmem(input + used, length - used, "\r\n\r\n", 4);
    if (end == NULL) break;
    *end = 0;
    const char *text = (const char *)input + used;
    used = end + 4 - input;
    request(peer, text, now);
  }
  if (peer->kind == ECHO && !peer->gone) {
    size_t done = 0;
    long written = echo_frames(input + used, length - used, output, &done, &peer->closing, &echoes);
    used += done;
    if (written < 0) hang_up(peer);
    else if (written > 0) answer(peer, output, written, now);
    if (peer->closing && peer->queued_bytes == 0 && delay_ns == 0) hang_up(peer);
  } else if (peer->kind != HTTP) used = length;
  if (peer->gone) return;
  peer->held_bytes = length - used > PAYLOAD_MAX ? 0 : length - used;
  if (peer->held_bytes > 0) peer->held = realloc(peer->held, peer->held_bytes);
  if (peer->held_bytes > 0) memcpy(peer->held, input + used, peer->held_bytes);
}

static void accept_all(uint64_t now) {
  for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct peer *peer = calloc(1, sizeof *peer);
    peer->fd = fd;
    watch(peer, EPOLL_CTL_ADD);
    if (first_peer_at == 0) first_peer_at = now;
  }
}

/** Stops everything once, counted from the first connection. */
static void stall(uint64_t now) {
  if (stall_ns == 0 || first_peer_at == 0 || now < first_peer_at + first_stall_ns) return;
  struct timespec pause = {stall_ns / SECOND, stall_ns % SECOND};
  nanosleep(&pause, NULL);
  stall_ns = 0;
}

/** `port` 0: one that is free. Answers the port, or -1. */
static int listen_on_loopback(int port) {
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int on = 1;
  queue = epoll_create1(0);
  listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 4096) != 0) return -1;
  getsockname(listener, (struct sockaddr *)&address, &size);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(queue, EPOLL_CTL_ADD, listener, &event);
  return ntohs(address.sin_port);
}

static void serve(void) {
  struct epoll_event events[512];
  for (;;) {
    int64_t wait_ns = until_due(now_ns());
    struct timespec wait = {wait_ns / (int64_t)SECOND, wait_ns % (int64_t)SECOND};
    int count = epoll_pwait2(queue, events, 512, wait_ns < 0 ? NULL : &wait, NULL);
    stall(now_ns());
    uint64_t now = now_ns();
    for (int i = 0; i < count; i++) {
      struct peer *peer = events[i].data.ptr;
      if (peer == NULL) {
        accept_all(now);
        continue;
      }
      if (events[i].events & EPOLLOUT && drain(peer)) {
        if (peer->closing) hang_up(peer);
        else if (peer->kind == FLOOD || (peer->kind == EVENTS && interval_ns == 0)) flood(peer);
      }
      if (!peer->gone && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) take(peer, now);
      forget(peer);
    }
    send_answers();
    send_events();
    if (next_count != 0 && now >= next_count) {
      next_count = now + SECOND / 2;
      printf("%llu\n", (unsigned long long)echoes);
      fflush(stdout);
    }
  }
}

int main(int count, char **words) {
  int processes = 1;
  for (int option; (option = getopt(count, words, "d:S:O:i:m:e:w:")) != -1;) {
    if (option == 'w') processes = atoi(optarg);
    else if (option == 'd') delay_ns = strtoull(optarg, NULL, 10) * 1000;
    else if (option == 'S') stall_ns = strtoull(optarg, NULL, 10) * MS;
    else if (option == 'O') first_stall_ns = strtoull(optarg, NULL, 10) * MS;
    else if (option == 'i') interval_ns = strtoull(optarg, NULL, 10) * 1000;
    else if (option == 'e') next_count = now_ns();
    else if (option == 'm' && strlen(optarg) == 7) mark_prefix = optarg;
    else return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  // Ends with the process that started it, and wakes up when it should.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_TIMERSLACK, 1ul);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  int port = listen_on_loopback(0);
  for (int i = 1; i < processes && port > 0; i++) {
    if (fork() > 0) continue;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(listener);
    close(queue);
    if (listen_on_loopback(port) < 0) return 1;
    serve();
  }
  if (port < 0) return 1;
  printf("%d\n", port);
  fflush(stdout);
  serve();
}
