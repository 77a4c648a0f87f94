/**
 * Says how many households are ticked, and lets one box tick all of them.
 *
 * The form carries `data-selection`; inside or attached to it are `data-select-all` (the box),
 * `data-selected-count` (where the number is written) and `data-needs-selection` (buttons that
 * make no sense without a household).
 */
export function countSelectedHouseholds(form) {
  const boxes = [...form.elements].filter((element) => element.name === 'households');
  const all = form.querySelector('[data-select-all]');
  const number = new Intl.NumberFormat(document.documentElement.lang);
  if (boxes.length === 0 || !all) return;

  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    document.querySelectorAll('[data-selected-count]').forEach((place) => {
      place.textContent = number.format(ticked);
    });
    document.querySelectorAll('[data-needs-selection]').forEach((button) => {
      button.setAttribute('aria-disabled', String(ticked === 0));
    });
  };

  all.closest('[hidden]')?.removeAttribute('hidden');
  all.addEventListener('change', () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    show();
  });
  form.addEventListener('change', show);
  form.addEventListener('submit', (event) => {
    if (event.submitter?.getAttribute('aria-disabled') === 'true') event.preventDefault();
  });
  show();
}
