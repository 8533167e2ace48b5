/* A place to bring files: chosen or dropped, they go one after the other, each with its progress and how it ended. */

const REMEMBERED = "docket kind of file"
const BROKEN = "The connection broke off; nothing was kept."
const FAILED = "Something went wrong; nothing was kept."

export default {
  template: `
    <div class="bring">
      <q-select v-if="kinds.length > 1" v-model="kind" :options="kinds" label="Kind"
        emit-value map-options outlined dense options-dense @update:model-value="remember" />
      <label class="drop" :data-over="over">
        <q-icon name="upload_file" aria-hidden="true" />
        <span>{{ label }}</span>
        <input type="file" multiple :aria-label="label" @change="choose">
      </label>
      <ul class="plain" v-if="coming.length">
        <li v-for="each in coming" :key="each.number" class="coming" :data-coming="each.state">
          <div class="coming-name">{{ each.file.name }}</div>
          <q-linear-progress v-if="isOpen(each)" :value="each.part" :aria-label="each.file.name" rounded />
          <div class="coming-foot">
            <span role="status">{{ each.said }}</span>
            <q-btn v-if="isOpen(each)" label="Stop" :aria-label="'Stop ' + each.file.name"
              flat dense no-caps size="sm" @click="stop(each)" />
            <q-btn v-if="each.state == 'broken'" label="Try again" :aria-label="'Try again ' + each.file.name"
              flat dense no-caps size="sm" @click="again(each)" />
          </div>
        </li>
      </ul>
    </div>`,
  props: { address: String, label: String, kinds: Array, most: Number, tooLarge: String },
  emits: ["brought"],
  data() {
    const known = this.kinds.map((kind) => kind.value)
    const kept = localStorage.getItem(REMEMBERED)
    return { kind: known.includes(kept) ? kept : known.at(-1) ?? "", coming: [], over: false, number: 0 }
  },
  mounted() {
    this.around = this.$el.closest(".panel, .card") ?? this.$el
    this.hears = { dragover: this.drag, dragleave: () => (this.over = false), drop: this.drop }
    for (const [event, hear] of Object.entries(this.hears)) this.around.addEventListener(event, hear)
    addEventListener("beforeunload", this.warn)
  },
  unmounted() {
    for (const [event, hear] of Object.entries(this.hears)) this.around.removeEventListener(event, hear)
    removeEventListener("beforeunload", this.warn)
  },
  methods: {
    isOpen: (each) => ["waiting", "going"].includes(each.state),
    remember(kind) { localStorage.setItem(REMEMBERED, kind) },
    warn(event) { if (this.coming.some(this.isOpen)) event.preventDefault() },
    drag(event) {
      if (!event.dataTransfer.types.includes("Files")) return
      event.preventDefault()
      this.over = true
    },
    drop(event) {
      if (!event.dataTransfer.files.length) return
      event.preventDefault() // a browser would leave the page, to show the file
      this.over = false
      if (this.$el.offsetParent) this.take(event.dataTransfer.files)
    },
    choose(event) {
      this.take([...event.target.files])
      event.target.value = "" // so that the same file can be chosen again
    },
    take(files) {
      this.coming = this.coming.filter((each) => each.state != "done")
      for (const file of files) {
        const fits = file.size <= this.most
        this.coming.push({ number: this.number++, file, kind: this.kind, part: 0,
          state: fits ? "waiting" : "refused", said: fits ? "Waiting" : this.tooLarge })
      }
      this.next()
    },
    next() {
      if (this.coming.some((each) => each.state == "going")) return
      const each = this.coming.find((each) => each.state == "waiting")
      if (each) this.send(each)
    },
    send(each) {
      const call = this.call = new XMLHttpRequest()
      const query = new URLSearchParams({ kind: each.kind, name: each.file.name })
      call.upload.onprogress = (event) => {
        each.part = event.loaded / event.total
        each.said = each.part < 1 ? Math.floor(100 * each.part) + " %" : "Being stored"
      }
      call.onload = () => this.end(each, call.status == 201 ? "done" : "refused", this.words(call))
      call.onerror = () => this.end(each, "broken", BROKEN)
      call.onabort = () => this.end(each, "broken", "Stopped; nothing was kept.")
      each.state = "going"
      call.open("POST", `${window.path_prefix ?? ""}${this.address}?${query}`)
      call.setRequestHeader("Content-Type", "application/octet-stream")
      call.send(each.file)
    },
    words(call) {
      return call.getResponseHeader("Docket-Says") ? call.responseText : FAILED
    },
    end(each, state, said) {
      Object.assign(each, { state, said })
      if (state == "done") this.$emit("brought")
      this.next()
    },
    stop(each) {
      if (each.state == "going") this.call.abort()
      else Object.assign(each, { state: "broken", said: "Stopped; nothing was kept." })
    },
    again(each) {
      Object.assign(each, { state: "waiting", part: 0, said: "Waiting" })
      this.next()
    },
  },
}
