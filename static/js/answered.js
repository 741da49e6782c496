/* For the answer to a form that was not taken in. Its entry in the history becomes that of a page
   that one can look at: Back and a reload show that page, instead of the browser's own question
   whether to send the form again, or its own error. */
(() => {
  const { value } = document.querySelector("form.languages").elements.next;
  history.replaceState(history.state, "", value);
})();
