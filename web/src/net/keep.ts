// What a tablet keeps through reload, crash and an empty battery: IndexedDB, one entry per judge.
import { openDB } from 'idb'

const STORE = 'outbox'

export async function keeper<T>(
  key: string,
): Promise<{ read(): Promise<T | undefined>; write(value: T): Promise<void> }> {
  const db = await openDB('podium', 1, { upgrade: (db) => void db.createObjectStore(STORE) })
  return {
    read: () => db.get(STORE, key) as Promise<T | undefined>,
    write: async (value) => {
      // `strict` asks for the disk, where the browser knows the word.
      const turn = db.transaction(STORE, 'readwrite', { durability: 'strict' })
      await turn.store.put(value, key)
      await turn.done
    },
  }
}
