// What tests use of the tablet's own modules, in the page of the app and under its policy.
export * as vault from '../../../../field_app/frontend/vault/vault.js';
export * as database from '../../../../field_app/frontend/store/database.js';
export * as areas from '../../../../field_app/frontend/store/areas.js';
export * as corrections from '../../../../field_app/frontend/store/corrections.js';
export * as drafts from '../../../../field_app/frontend/store/drafts.js';
export * as found from '../../../../field_app/frontend/store/found.js';
export * as households from '../../../../field_app/frontend/store/households.js';
export * as ledger from '../../../../field_app/frontend/store/ledger.js';
export * as outbox from '../../../../field_app/frontend/store/outbox.js';
export * as photos from '../../../../field_app/frontend/store/photos.js';
export * as questionnaires from '../../../../field_app/frontend/store/questionnaires.js';
export * as settings from '../../../../field_app/frontend/store/settings.js';
export * as sync from '../../../../field_app/frontend/sync/sync.js';
