// An organiser sets times and what overtime costs, in the browser alone: what is typed is what the server holds, a table
// that makes no sense is named before it is sent, and after the first scorecard only the times may change.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Api, Seat, Server, browse, device, until } from './hall.mjs'

const password = 'correct horse 亮分'
const words = {
  zh: { pitch: '路演时间', save: '保存时间与超时', unit: '单位（秒）', per: '每单位扣分', cap: '上限（可不填）', hand: '由场控按下' },
  en: { pitch: 'Pitch', save: 'Save times and overtime' },
}

describe('times and overtime', () => {
  let server, browser, api, code

  before(async () => {
    server = await Server.serve()
    browser = await browse()
    api = new Api(server)
    ;({ code } = await api.contest(0, password))
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  const held = async () => (await api.call('GET', `/api/contests/${code}`)).timing

  async function setUp(lang, kind = 'laptop') {
    const page = await device(browser, kind, { locale: lang === 'en' ? 'en-GB' : 'zh-CN' })
    await page.goto(`${server.url}/organise?contest=${code}&lang=${lang}`)
    await page.locator('input[type=password]').fill(password)
    await page.locator('form .btn.primary').click()
    await page.locator('nav .step').nth(1).click()
    const section = page.locator('section', { has: page.locator('.times') })
    await section.waitFor()
    return { page, section }
  }

  /** Changes a field as a person does, and leaves it. */
  async function type(field, value) {
    await field.fill(value)
    await field.blur()
  }

  async function save(section, name) {
    await section.getByRole('button', { name }).click()
    await until('it is saved', async () => (await section.getByRole('button', { name }).count()) === 0)
  }

  test('by units, in Chinese', async () => {
    const { page, section } = await setUp('zh')
    const minutes = section.getByRole('group', { name: words.zh.pitch }).locator('input')
    assert.deepEqual(await minutes.evaluateAll((all) => all.map((one) => one.value)), ['8', '0'])
    await type(minutes.nth(0), '5')
    await type(minutes.nth(1), '90')
    assert.deepEqual(await minutes.evaluateAll((all) => all.map((one) => one.value)), ['6', '30'], 'ninety seconds are a minute and a half')
    await section.getByLabel(words.zh.hand).check()
    await section.getByLabel('按单位').check()
    const due = section.locator('output')
    assert.equal(await due.textContent(), '超时 0:47，最后得分扣 1 分。')
    await section.getByLabel(words.zh.unit).fill('60')
    assert.equal(await due.textContent(), '超时 0:47，最后得分扣 0.5 分。', 'said while it is typed')
    await section.locator('input[type=range]').fill('10')
    assert.equal(await due.textContent(), '超时 0:10，不扣分。')
    await section.getByLabel(words.zh.cap).fill('0.4')
    assert.equal(await section.locator('.actions .no').textContent(), '上限不能低于每单位扣分，最多 100。')
    assert.equal(await section.getByRole('button', { name: words.zh.save }).isDisabled(), true)
    assert.equal(await due.textContent(), '')
    await section.getByLabel(words.zh.unit).fill('')
    assert.equal(await due.textContent(), '', 'nothing is said of a table that is none')
    await section.getByLabel(words.zh.unit).fill('20')
    await section.getByLabel(words.zh.cap).fill('')
    await section.getByLabel(words.zh.per).fill('0.50')
    await save(section, words.zh.save)
    assert.deepEqual(await held(), {
      pitch_secs: 390,
      qa_secs: 420,
      first_warning_secs: 60,
      second_warning_secs: 30,
      by_hand: true,
      overtime: { kind: 'units', grace_secs: 10, unit_secs: 20, per_unit: '0.5' },
    })
    assert.deepEqual(page.complaints, [])
    await page.close()
  })

  test('in steps, in English, and nothing at all', async () => {
    const { page, section } = await setUp('en', 'tablet')
    await section.getByLabel('In steps').check()
    const row = (n) => section.locator('ol li').nth(n).locator('input')
    await section.locator('ol li').nth(2).getByRole('button').click()
    await row(1).nth(0).fill('5')
    assert.match(await section.locator('.actions .no').textContent(), /^Each step has more seconds/)
    await row(1).nth(0).fill('45')
    await section.getByRole('button', { name: 'Add a step' }).click()
    assert.equal(await row(2).nth(0).inputValue(), '75')
    assert.equal(await row(2).nth(1).inputValue(), '1')
    assert.equal(await section.locator('output').textContent(), '0:47 over takes 0.5 off the final score.')
    assert.deepEqual(await section.locator('.says li').allTextContents(), [
      'More than 10 s over: −0.2.',
      'More than 45 s over: −0.5.',
      'More than 1:15 over: −1.',
    ])
    const small = await section.locator('button, input:not([type=radio]), .choice').evaluateAll((all) =>
      all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML.slice(0, 80)),
    )
    assert.deepEqual(small, [], 'every target is 44 px high')
    await save(section, words.en.save)
    assert.deepEqual((await held()).overtime, {
      kind: 'steps',
      steps: [
        { over_secs: 10, points: '0.2' },
        { over_secs: 45, points: '0.5' },
        { over_secs: 75, points: '1' },
      ],
    })
    await section.getByLabel('Nothing').check()
    await save(section, words.en.save)
    assert.equal((await held()).overtime, undefined)
    // What is looked at and left is as it was.
    await section.getByLabel('In steps').check()
    await section.getByRole('button', { name: 'Cancel' }).click()
    assert.equal(await section.getByLabel('Nothing').isChecked(), true)
    assert.deepEqual(page.complaints, [])
    await page.close()
  })

  test('after the first scorecard the table stands and the times may change', async () => {
    await api.call('PUT', `/api/contests/${code}/timing`, {
      ...(await held()),
      overtime: { kind: 'steps', steps: [{ over_secs: 10, points: '0.2' }] },
    })
    const cards = await api.cards(code, ['host', 'J1'])
    for (const card of Object.values(cards)) await api.call('POST', '/api/pair', { token: card.token })
    const [host, judge] = [await Seat.of(api, code), await Seat.of(api, code, 'J1')]
    await host.open('R1-P1')
    await judge.card('R1-P1', judge.view.criteria.map((criterion) => criterion.max))
    host.close()
    judge.close()
    const { page, section } = await setUp('en')
    assert.equal(await section.locator('input[name=overtime]').count(), 0)
    assert.equal(await section.locator('.says li').textContent(), 'More than 10 s over: −0.2.')
    await type(section.getByRole('group', { name: words.en.pitch }).locator('input').nth(0), '7')
    await save(section, words.en.save)
    assert.equal((await held()).pitch_secs, 7 * 60 + 30)
    assert.deepEqual(page.complaints, [])
    await page.close()
  })
})
