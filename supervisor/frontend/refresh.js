/**
 * Goes to the page itself when a part of it cannot be refreshed in place.
 *
 * A session that ended answers with the sign-in page, and a refusal with its own page: neither has
 * the part that was asked for, and the reader has to see the whole of it.
 */
export function leaveWhenTheAnswerIsAnotherPage() {
  document.body.addEventListener('htmx:beforeSwap', (event) => {
    const { xhr, pathInfo, isError } = event.detail;
    const asked = new URL(pathInfo.finalRequestPath, window.location.href);
    const answered = new URL(xhr.responseURL || asked, window.location.href);

    if (isError || answered.pathname !== asked.pathname) {
      event.detail.shouldSwap = false;
      window.location.assign(asked);
    }
  });
}
