const { startAuthentication, startRegistration } = globalThis.SimpleWebAuthnBrowser;
const form = document.querySelector('form[data-passkey]');

form.addEventListener('submit', async event => {
  const { response } = form.elements;
  if (response.value) return;
  event.preventDefault();
  const trouble = form.querySelector('[role=alert]');
  trouble.hidden = true;
  try {
    const optionsJSON = JSON.parse(form.dataset.options);
    const start = form.dataset.passkey === 'create' ? startRegistration : startAuthentication;
    response.value = JSON.stringify(await start({ optionsJSON }));
    form.submit();
  } catch {
    // Cancelled, timed out, or no passkey here: the other ways stand on the same page.
    trouble.hidden = false;
  }
});
