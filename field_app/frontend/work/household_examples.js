/** Households for tests: a test says only what matters to it. */

const HOUSEHOLD = {
  id: '22001011001-0001',
  ea_code: '22001011001',
  address: '1 ซอยดอกแก้ว 1 ถนนสุขสมมติ',
  disposition: null,
  revision: 1,
  register: { house_code: '20010000010', persons: 2, position: [100.99, 13.36], members: [] },
  task: 'enumerate',
  reason: null,
  responded: false,
  review: 'open',
  mode: null,
  answered_at: null,
  answered_mode: null,
  form_left: null,
  appointment: null,
  visits: 0,
  last_visit: null,
  code_issued_at: null,
  questions: [],
};

/** A household with nothing done, but for what is said; `local` is filled up likewise. */
export function household({ local, ...said } = {}) {
  return { ...HOUSEHOLD, ...said, local: { draft: null, waiting: [], sent: [], ...local } };
}
