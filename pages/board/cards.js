/* The lists of a board: sections under titles, with the cards of orders in them. The server says what each card says and what
   may be pressed on it (card.py), and where it stands; a press goes back as what was pressed on which order, and is judged
   there. A card is known by its order's key, so that a change touches this card alone. With `ways` the lists are columns,
   from which cards are moved: then a card has one verb, when it is the agency's turn, and the rest is in its menu. */

import { Inside } from "inside"
import { moving } from "moving"
import { sliding } from "sliding"

/* What was pressed and can still be taken back. The seconds are counted here, from how many were left as it was told. */
const UnderWay = {
  props: { wish: Object },
  emits: ["back"],
  template: `
    <div class="under-way" :data-under-way="wish.action">
      <div role="status">{{ wish.doing }} …</div>
      <div class="muted" aria-hidden="true">{{ left > 0 ? left + " s" : "now" }}</div>
      <q-btn label="Take back" icon="undo" no-caps outline color="ink" data-take-back @click="$emit('back')" />
    </div>`,
  data: () => ({ left: 0 }),
  mounted() {
    this.count()
    this.clock = setInterval(this.count, 1000)
  },
  unmounted() { clearInterval(this.clock) },
  methods: {
    count() { this.left = Math.floor((this.wish.end - performance.now()) / 1000) },
  },
}

const Order = {
  components: { Inside, UnderWay },
  props: { card: Object, place: Object, turns: Number, ways: Object, work: Object, steps: Array, pays: Boolean },
  emits: ["press", "more"],
  template: `
    <article class="card" :data-job="card.number" :data-status="card.status" :data-late="card.late">
      <div class="card-head">
        <div class="number">{{ card.number }}</div>
        <div class="badge" :class="turned" :data-status="card.status">{{ card.label }}</div>
      </div>
      <q-btn v-if="ways" class="more-of" icon="more_horiz" flat round dense color="ink" data-more aria-haspopup="menu"
        :aria-label="'Move or change ' + card.number" @click="$emit('more', $event)" />
      <div class="card-name"><span v-if="card.lead" class="lead">{{ card.lead }} </span><nicegui-link
        class="nicegui-link card-title" dir="auto" :href="'/jobs/' + card.number">{{ card.title }}</nicegui-link></div>
      <div v-if="card.people" class="muted">{{ card.people }}</div>
      <div class="deadline">{{ card.deadline }}</div>
      <div v-if="card.asked" class="brief panel revision" data-asked dir="auto">{{ card.asked }}</div>
      <ul v-if="place.files?.length" class="chips" aria-label="Files">
        <li v-for="file in place.files" :key="file.id"><a class="chip" :href="'/files/' + file.id" download dir="auto"
          :data-file="file.id"><q-icon name="download" aria-hidden="true" />{{ file.name }} <span>{{ file.size }}</span></a></li>
        <li v-if="place.files.length > 1"><a class="chip" :href="'/jobs/' + card.key + '/files.zip'" download>
          <q-icon name="folder_zip" aria-hidden="true" />All as zip</a></li>
      </ul>
      <div v-if="card.due" class="due">{{ card.due }}<nicegui-link v-if="pays" class="nicegui-link"
        :href="'/jobs/' + card.number + '#pay'">How to pay</nicegui-link></div>
      <div v-if="place.until" class="muted">{{ place.until }}</div>
      <div v-if="place.note" class="note" dir="auto">{{ place.note }}</div>
      <div v-if="place.receipt || card.again" class="card-links">
        <nicegui-link v-if="place.receipt" class="nicegui-link receipt-link" :href="place.receipt">Receipt</nicegui-link>
        <nicegui-link v-if="card.again" class="nicegui-link" :href="card.again">Order again</nicegui-link>
      </div>
      <ol v-if="card.step" class="steps" :data-step="card.step" :aria-label="'Step ' + card.step + ' of ' + steps.length">
        <li v-for="(name, index) in steps" :key="index" :aria-current="index + 1 === card.step ? 'step' : null"
          :data-done="index < card.step">{{ name }}</li>
      </ol>
      <div v-if="card.news" class="muted">{{ card.news }}</div>
      <inside v-if="work && card.in_hand" :card="card" :inside="place.inside" :work="work" @press="(what) => $emit('press', what)" />
      <div v-if="place.wish || offered.length || card.held" class="actions">
        <under-way v-if="place.wish" :wish="place.wish" @back="$emit('press', 'back')" />
        <template v-else>
          <div v-for="each in offered" :key="each.action" class="action">
            <q-btn :label="each.name" :icon="each.icon" no-caps unelevated :color="each.is_loud ? 'primary' : 'ink'"
              :outline="!each.is_loud" :disable="Boolean(each.why)" :data-action="each.action"
              :aria-describedby="each.why ? why(each) : null" @click="take(each.action)">
              <q-tooltip v-if="each.why">{{ each.why }}</q-tooltip>
            </q-btn>
            <div v-if="each.why" class="why" :id="why(each)">{{ each.why }}</div>
            <q-btn v-if="each.askable" label="Ask them" icon="front_hand" flat dense no-caps color="ink"
              :data-ask="each.action" @click="$emit('press', 'ask', each.action)" />
          </div>
          <q-btn v-if="card.held" label="Answer" icon="chat" no-caps unelevated color="primary" data-answer
            @click="opened = 'answer'" />
        </template>
      </div>
      <div v-if="place.said" class="note" role="status" dir="auto">You answered: {{ place.said }}</div>
      <form v-if="isOpen" class="asking" @submit.prevent="send">
        <q-input v-model="words" type="textarea" autogrow outlined autofocus :data-keep="kept"
          :label="opened === 'answer' ? 'Your answer' : 'What should be changed?'" />
        <div class="asking-buttons">
          <q-btn type="submit" label="Send" icon="send" no-caps unelevated color="primary" data-confirm :disable="!words.trim()" />
          <q-btn label="Not now" flat no-caps color="ink" @click="opened = ''" />
        </div>
      </form>
    </article>`,
  data: () => ({ opened: "", words: "" }),
  watch: {
    isOpen(now) { if (!now) this.opened = this.words = "" },
    "place.said"() { this.opened = "" },
  },
  computed: {
    /* Whether the text stands open, of an answer or of the changes that are asked for: what is open stays so, but for its end. */
    isOpen() {
      return this.opened === "answer" ? this.card.held : this.opened && this.offered.some((each) => each.action === this.opened && !each.why)
    },
    kept() { return (this.opened === "answer" ? this.card.key : this.card.number) + "\n" + this.opened },
    offered() {
      if (!this.ways) return this.card.actions
      return this.ways.ours.includes(this.card.status) ? this.card.actions.filter((each) => each.is_loud).slice(0, 1) : []
    },
    /* A second name, for an animation of the same name does not start anew. */
    turned() { return this.turns && (this.turns % 2 ? "turned-once" : "turned-again") },
  },
  methods: {
    take(action) {
      if (action === "request_revision") this.opened = action
      else this.$emit("press", "take", action)
    },
    send() {
      if (this.opened === "answer") this.$emit("press", "say", "", this.words)
      else this.$emit("press", "take", this.opened, this.words)
    },
    why({ action }) { return `why-${this.card.key}-${action}` },
  },
}

/* A card in its place, and how often its status has changed here, wherever it went. */
const entry = ([card, place], before) => {
  if (place.wish) place.wish.end = performance.now() + 1000 * place.wish.seconds
  const turns = before ? before.turns + (before.card.status !== card.status) : 0
  return { card, place, turns }
}
const rank = ({ place }) => place.rank ?? Infinity
const inOrder = (one, other) => rank(one) - rank(other) || other.card.key - one.card.key

export default {
  components: { Order },
  mixins: [moving, sliding],
  props: { sections: Array, cards: Array, numbers: Array, ways: Object, work: Object, steps: Array },
  emits: ["press"],
  template: `
    <div>
      <div v-if="ways" class="tabs" role="tablist" aria-label="Columns" @keydown="turnTab">
        <button v-for="(section, index) in sections" :key="index" type="button" role="tab" :aria-selected="tab === index"
          :tabindex="tab === index ? 0 : -1" :data-place="index" :data-door="doorOf(index)" @click="tab = index">
          {{ section.title }} <span class="section-count">{{ number(index) }}</span></button>
      </div>
      <div v-if="ways" class="said-of" role="status">{{ said }}</div>
      <template v-for="(section, index) in sections" :key="index">
        <section v-if="number(index) || section.empty" class="section" :aria-label="section.title" :data-column="section.column"
          :data-place="ways && index" :data-tab="tab === index" :data-door="doorOf(index)">
          <div class="section-head">
            <div class="section-title" role="heading" aria-level="2">
              <button v-if="section.folded" type="button" class="fold" :aria-expanded="unfolded.has(index)" @click="fold(index)">
                <q-icon name="expand_more" aria-hidden="true" /> {{ section.title }}</button>
              <template v-else>{{ section.title }}</template>
            </div>
            <div class="section-count">{{ number(index) }}</div>
          </div>
          <div v-if="doors[index]?.why" class="why">{{ doors[index].why }}</div>
          <div v-if="!number(index)" class="empty">{{ section.empty }}</div>
          <div v-else v-show="isOpen(index)" class="cards" :class="section.look">
            <order v-for="each in lists[index]" :pays="section.pays" :key="each.card.key" v-bind="each" :ways="ways" :work="work" :steps="steps"
              :class="{ 'is-moved': moved?.card.key === each.card.key }" @more="open(each.card.key, $event)"
              @press="(what, action, words) => press(each.card, what, action, words)" />
          </div>
          <q-btn v-if="left(index) > 0 && isOpen(index)" :label="'Show more (' + left(index) + ' left)'" icon="expand_more"
            flat no-caps color="ink" @click="$emit('press', { what: 'more', key: index })" />
        </section>
      </template>
      <q-menu v-if="more.at" v-model="more.isOpen" :target="more.at" no-parent-event max-width="20rem">
        <div v-if="asked" class="more" role="menu" :aria-label="asked.card.number" @keydown="walk">
          <div role="group" aria-label="Move to"><div class="muted" aria-hidden="true">Move to</div>
            <template v-for="(section, index) in sections" :key="index">
              <button v-if="door(asked, index)" type="button" role="menuitem" :aria-disabled="Boolean(door(asked, index).why)"
                :data-to="section.column" @click="pick(door(asked, index))">{{ section.title }}
                <span class="why">{{ door(asked, index).why || door(asked, index).name }}</span></button>
            </template>
          </div>
          <button v-for="each in others" :key="each.action" type="button" role="menuitem" :data-action="each.action"
            :aria-disabled="Boolean(each.why)" @click="pick(each)">{{ each.name }}
            <span v-if="each.why" class="why">{{ each.why }}</span></button>
          <button v-for="each in aside" :key="each.name" type="button" role="menuitem" :data-aside="each.what"
            @click="choose(each.what)">{{ each.name }}</button>
        </div>
      </q-menu>
    </div>`,
  data() { return { shown: this.entries(this.cards), all: this.numbers, unfolded: new Set() } },
  computed: {
    lists() {
      const lists = this.sections.map(() => [])
      for (const each of this.shown.values()) lists[each.place.section].push(each)
      return lists.map((list) => list.sort(inOrder))
    },
  },
  methods: {
    entries(cards, before) { return new Map(cards.map((each) => [each[0].key, entry(each, before?.get(each[0].key))])) },
    fill(cards) { this.shown = this.entries(cards, this.shown) },
    put(card, place) {
      if (this.ways && this.holds(card)) this.tab = place.section // the focus follows by itself (assets/focus.js)
      this.shown.set(card.key, entry([card, place], this.shown.get(card.key)))
    },
    place(key, place) { if (this.shown.has(key)) this.put(this.shown.get(key).card, place) },
    drop(key) { this.shown.delete(key) },
    count(numbers) { this.all = numbers },
    doorOf(index) { return this.doors[index] && (this.doors[index].why ? "closed" : this.over === index ? "over" : "open") },
    fold(index) { this.unfolded.delete(index) || this.unfolded.add(index) },
    isOpen(index) { return !this.sections[index].folded || this.unfolded.has(index) },
    number(index) { return Math.max(this.all[index] ?? 0, this.lists[index].length) },
    left(index) { return this.number(index) - this.lists[index].length },
    press({ key, version }, what, action, words = "") { this.$emit("press", { what, key, version, action, words }) },
  },
}
