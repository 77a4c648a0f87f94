// A store whose records are sealed: what is readable of them are only keys and what is needed to find them.
import { open, openBytes, seal, sealBytes } from '../vault/vault.js';
import { announce } from './changes.js';
import { database, strictly } from './database.js';

/** One store of sealed records. */
export class SealedStore {
  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }

  /** The record to write: sealed content beside what stays readable. Seal before a transaction. */
  async record(key, content, readable = {}) {
    return { key, ...readable, ...(await seal(this.name, key, content)) };
  }

  /** The same for bytes, such as a photo. */
  async recordOfBytes(key, bytes, readable = {}) {
    return { key, ...readable, ...(await sealBytes(this.name, key, bytes)) };
  }

  /** What a record holds. */
  open(record) {
    return open(this.name, record.key, record);
  }

  /** The bytes that a record holds. */
  openBytes(record) {
    return openBytes(this.name, record.key, record);
  }

  /** The sealed record. */
  async sealed(key) {
    return (await database()).get(this.name, key);
  }

  /** The sealed records, or those with this value in an index. */
  async allSealed(index, value) {
    const db = await database();
    return index ? db.getAllFromIndex(this.name, index, value) : db.getAll(this.name);
  }

  /** The content of one record, or undefined. */
  async get(key) {
    const record = await this.sealed(key);
    return record && this.open(record);
  }

  /** The contents of all records, or of those with this value in an index. */
  async all(index, value) {
    return Promise.all((await this.allSealed(index, value)).map((record) => this.open(record)));
  }

  /** How many records there are. */
  async count() {
    return (await database()).count(this.name);
  }

  /** Write one record. */
  async put(key, content, readable) {
    const record = await this.record(key, content, readable);
    const tx = await strictly(this.name);
    tx.store.put(record);
    await tx.done;
    announce(this.name, key);
  }

  /** Take one record away. */
  async remove(key) {
    const tx = await strictly(this.name);
    tx.store.delete(key);
    await tx.done;
    announce(this.name, key);
  }
}
