// What the server does later: answers after a delay, events at an interval.
#pragma once
#include "messages.h"
#include "peer.h"

struct answer {
  struct peer *peer;
  uint64_t due;
  size_t bytes;
  struct answer *next;
  uint8_t data[];
};

static uint64_t delay_ns, interval_ns;
static const char *mark_prefix = "~000000";
static struct answer *answers, **answers_end = &answers;
static struct peer *tickers, **tickers_end = &tickers;

static void answer(struct peer *peer, const uint8_t *bytes, size_t length, uint64_t now) {
  if (delay_ns == 0) {
    put(peer, bytes, length);
    return;
  }
  struct answer *later = malloc(sizeof *later + length);
  *later = (struct answer){.peer = peer, .due = now + delay_ns, .bytes = length};
  memcpy(later->data, bytes, length);
  *answers_end = later;
  answers_end = &later->next;
  peer->answers += 1;
}

static void begin_ticking(struct peer *peer, uint64_t now) {
  peer->due = now + interval_ns;
  *tickers_end = peer;
  tickers_end = &peer->next;
}

static void send_answers(void) {
  while (answers != NULL && answers->due <= now_ns()) {
    struct answer *due = answers;
    answers = due->next;
    if (answers == NULL) answers_end = &answers;
    due->peer->answers -= 1;
    if (!due->peer->gone) put(due->peer, due->data, due->bytes);
    forget(due->peer);
    free(due);
  }
}

static void send_events(void) {
  while (tickers != NULL && tickers->due <= now_ns()) {
    struct peer *peer = tickers;
    tickers = peer->next;
    if (tickers == NULL) tickers_end = &tickers;
    peer->next = NULL;
    if (peer->gone) {
      free(peer);
      continue;
    }
    char event[128];
    put(peer, (uint8_t *)event, put_event(event, mark_prefix, peer->sequence++));
    peer->due += interval_ns;
    *tickers_end = peer;
    tickers_end = &peer->next;
  }
}

// A sleep ends late by some tens of us: the last part of a wait is polled through, so that the delay is exact.
#define POLLED_NS 60000

/** ns to sleep until something is due; -1: nothing is. */
static int64_t until_due(uint64_t now) {
  uint64_t due = UINT64_MAX;
  if (answers != NULL) due = answers->due;
  if (tickers != NULL && tickers->due < due) due = tickers->due;
  return due == UINT64_MAX ? -1 : due > now + POLLED_NS ? (int64_t)(due - now - POLLED_NS) : 0;
}
