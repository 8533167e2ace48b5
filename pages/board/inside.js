/* What the card of an order holds for whoever does the work: its brief and files, asked for as they are opened, and the
   place to drop the finished work. */
import UploadField from "upload_field"

export const Inside = {
  components: { UploadField },
  props: { card: Object, inside: Object, work: Object },
  emits: ["press"],
  template: `
    <details class="inside" @toggle="$event.target.open && $emit('press', 'open')">
      <summary>Brief and files</summary>
      <div v-if="!inside" class="muted" role="status">Looking …</div>
      <template v-else>
        <div class="brief" dir="auto">{{ inside.brief }}</div>
        <ul v-if="inside.files.length" class="plain files">
          <li v-for="file in inside.files" :key="file.id" :data-file="file.id">
            <nicegui-link class="nicegui-link row-link" dir="auto" :href="'/files/' + file.id">{{ file.name }}</nicegui-link>
            <div class="muted">{{ file.about }}</div>
          </li>
        </ul>
        <div v-else class="muted">No file yet.</div>
      </template>
    </details>
    <upload-field v-bind="work" :address="'/jobs/' + card.key + '/files'" @brought="$emit('press', 'brought')" />`,
}
