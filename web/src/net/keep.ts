// What a tablet keeps through reload, crash and an empty battery: IndexedDB, one entry per judge.
import { openDB } from 'idb'

const STORE = 'judging'

export interface Keep<T> {
  read(): Promise<T | undefined>
  write(value: T): Promise<void>
}

export async function keeper<T>(key: string): Promise<Keep<T>> {
  const db = await openDB('podium', 2, {
    upgrade: (db) => {
      if (!db.objectStoreNames.contains(STORE)) db.createObjectStore(STORE)
    },
  })
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
